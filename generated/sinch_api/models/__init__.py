# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Every model by name; a module is imported when the first of its models is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .calling import (
        ApplicationNumber as ApplicationNumber,
    )
    from .calling import (
        AssignNumbersRequest as AssignNumbersRequest,
    )
    from .calling import (
        CallbackSettings as CallbackSettings,
    )
    from .calling import (
        CallbackUrls as CallbackUrls,
    )
    from .calling import (
        CallInfo as CallInfo,
    )
    from .calling import (
        CallLeg as CallLeg,
    )
    from .calling import (
        CalloutMethod as CalloutMethod,
    )
    from .calling import (
        CalloutRequest as CalloutRequest,
    )
    from .calling import (
        CalloutResponse as CalloutResponse,
    )
    from .calling import (
        CallReason as CallReason,
    )
    from .calling import (
        CallStatus as CallStatus,
    )
    from .calling import (
        Conference as Conference,
    )
    from .calling import (
        ConferenceCallout as ConferenceCallout,
    )
    from .calling import (
        ConferenceParticipant as ConferenceParticipant,
    )
    from .calling import (
        CustomCallout as CustomCallout,
    )
    from .calling import (
        NumberCapability as NumberCapability,
    )
    from .calling import (
        NumberInfo as NumberInfo,
    )
    from .calling import (
        NumberQueryResponse as NumberQueryResponse,
    )
    from .calling import (
        NumbersResponse as NumbersResponse,
    )
    from .calling import (
        NumberType as NumberType,
    )
    from .calling import (
        ParticipantCommand as ParticipantCommand,
    )
    from .calling import (
        ParticipantCommandRequest as ParticipantCommandRequest,
    )
    from .calling import (
        TtsCallout as TtsCallout,
    )
    from .calling import (
        UnassignNumberRequest as UnassignNumberRequest,
    )
    from .common import (
        CallDomain as CallDomain,
    )
    from .common import (
        CallHeader as CallHeader,
    )
    from .common import (
        CallResult as CallResult,
    )
    from .common import (
        ConferenceDtmfMode as ConferenceDtmfMode,
    )
    from .common import (
        ConferenceDtmfOptions as ConferenceDtmfOptions,
    )
    from .common import (
        ErrorBody as ErrorBody,
    )
    from .common import (
        Identity as Identity,
    )
    from .common import (
        IdentityType as IdentityType,
    )
    from .common import (
        KeyValue as KeyValue,
    )
    from .common import (
        Money as Money,
    )
    from .common import (
        MusicOnHold as MusicOnHold,
    )
    from .messages import (
        AcceptedAddresses as AcceptedAddresses,
    )
    from .messages import (
        Batch as Batch,
    )
    from .messages import (
        BatchAddresses as BatchAddresses,
    )
    from .messages import (
        BatchChanges as BatchChanges,
    )
    from .messages import (
        BatchOptions as BatchOptions,
    )
    from .messages import (
        BatchPage as BatchPage,
    )
    from .messages import (
        BatchReport as BatchReport,
    )
    from .messages import (
        BatchReportFields as BatchReportFields,
    )
    from .messages import (
        BatchReportMms as BatchReportMms,
    )
    from .messages import (
        BatchReportSms as BatchReportSms,
    )
    from .messages import (
        BatchRequest as BatchRequest,
    )
    from .messages import (
        BatchState as BatchState,
    )
    from .messages import (
        BatchUpdate as BatchUpdate,
    )
    from .messages import (
        BinaryBatch as BinaryBatch,
    )
    from .messages import (
        BinaryBatchRequest as BinaryBatchRequest,
    )
    from .messages import (
        BinaryBatchUpdate as BinaryBatchUpdate,
    )
    from .messages import (
        DeliveryCode as DeliveryCode,
    )
    from .messages import (
        DeliveryFeedback as DeliveryFeedback,
    )
    from .messages import (
        DeliveryReportType as DeliveryReportType,
    )
    from .messages import (
        DryRunRecipient as DryRunRecipient,
    )
    from .messages import (
        DryRunResult as DryRunResult,
    )
    from .messages import (
        Group as Group,
    )
    from .messages import (
        GroupAutoUpdate as GroupAutoUpdate,
    )
    from .messages import (
        GroupKeyword as GroupKeyword,
    )
    from .messages import (
        GroupPage as GroupPage,
    )
    from .messages import (
        GroupRequest as GroupRequest,
    )
    from .messages import (
        GroupUpdate as GroupUpdate,
    )
    from .messages import (
        Inbound as Inbound,
    )
    from .messages import (
        InboundBinary as InboundBinary,
    )
    from .messages import (
        InboundFields as InboundFields,
    )
    from .messages import (
        InboundMedia as InboundMedia,
    )
    from .messages import (
        InboundMediaBody as InboundMediaBody,
    )
    from .messages import (
        InboundMediaItem as InboundMediaItem,
    )
    from .messages import (
        InboundMediaStatus as InboundMediaStatus,
    )
    from .messages import (
        InboundPage as InboundPage,
    )
    from .messages import (
        InboundText as InboundText,
    )
    from .messages import (
        MediaBatch as MediaBatch,
    )
    from .messages import (
        MediaBatchRequest as MediaBatchRequest,
    )
    from .messages import (
        MediaBatchUpdate as MediaBatchUpdate,
    )
    from .messages import (
        MediaBody as MediaBody,
    )
    from .messages import (
        MessageEncoding as MessageEncoding,
    )
    from .messages import (
        MessagesError as MessagesError,
    )
    from .messages import (
        MessagesErrorCode as MessagesErrorCode,
    )
    from .messages import (
        MessageStatus as MessageStatus,
    )
    from .messages import (
        RecipientReport as RecipientReport,
    )
    from .messages import (
        RecipientReportFields as RecipientReportFields,
    )
    from .messages import (
        RecipientReportMms as RecipientReportMms,
    )
    from .messages import (
        RecipientReportPage as RecipientReportPage,
    )
    from .messages import (
        RecipientReportSms as RecipientReportSms,
    )
    from .messages import (
        ReportDetail as ReportDetail,
    )
    from .messages import (
        SentMediaBody as SentMediaBody,
    )
    from .messages import (
        StatusCount as StatusCount,
    )
    from .messages import (
        TextBatch as TextBatch,
    )
    from .messages import (
        TextBatchRequest as TextBatchRequest,
    )
    from .messages import (
        TextBatchUpdate as TextBatchUpdate,
    )
    from .messages import (
        TextOptions as TextOptions,
    )
    from .messages import (
        UnknownBatch as UnknownBatch,
    )
    from .messages import (
        UnknownBatchReport as UnknownBatchReport,
    )
    from .messages import (
        UnknownBatchRequest as UnknownBatchRequest,
    )
    from .messages import (
        UnknownBatchUpdate as UnknownBatchUpdate,
    )
    from .messages import (
        UnknownInbound as UnknownInbound,
    )
    from .messages import (
        UnknownRecipientReport as UnknownRecipientReport,
    )
    from .messages import (
        read_batch as read_batch,
    )
    from .messages import (
        read_batch_report as read_batch_report,
    )
    from .messages import (
        read_batch_request as read_batch_request,
    )
    from .messages import (
        read_batch_update as read_batch_update,
    )
    from .messages import (
        read_inbound as read_inbound,
    )
    from .messages import (
        read_recipient_report as read_recipient_report,
    )
    from .sms import (
        IncomingSmsEvent as IncomingSmsEvent,
    )
    from .sms import (
        SendSmsRequest as SendSmsRequest,
    )
    from .sms import (
        SendSmsResponse as SendSmsResponse,
    )
    from .sms import (
        SmsStatus as SmsStatus,
    )
    from .sms import (
        SmsStatusResponse as SmsStatusResponse,
    )
    from .svaml import (
        AceAction as AceAction,
    )
    from .svaml import (
        AceInstruction as AceInstruction,
    )
    from .svaml import (
        AceSvamlet as AceSvamlet,
    )
    from .svaml import (
        Action as Action,
    )
    from .svaml import (
        AmdOptions as AmdOptions,
    )
    from .svaml import (
        Answer as Answer,
    )
    from .svaml import (
        CallTag as CallTag,
    )
    from .svaml import (
        ConferenceType as ConferenceType,
    )
    from .svaml import (
        ConnectConference as ConnectConference,
    )
    from .svaml import (
        ConnectMxp as ConnectMxp,
    )
    from .svaml import (
        ConnectPstn as ConnectPstn,
    )
    from .svaml import (
        ConnectSip as ConnectSip,
    )
    from .svaml import (
        ConnectStream as ConnectStream,
    )
    from .svaml import (
        Continue as Continue,
    )
    from .svaml import (
        Hangup as Hangup,
    )
    from .svaml import (
        IceAction as IceAction,
    )
    from .svaml import (
        IceInstruction as IceInstruction,
    )
    from .svaml import (
        IceSvamlet as IceSvamlet,
    )
    from .svaml import (
        Instruction as Instruction,
    )
    from .svaml import (
        Menu as Menu,
    )
    from .svaml import (
        MenuOption as MenuOption,
    )
    from .svaml import (
        Park as Park,
    )
    from .svaml import (
        PieAction as PieAction,
    )
    from .svaml import (
        PieInstruction as PieInstruction,
    )
    from .svaml import (
        PieSvamlet as PieSvamlet,
    )
    from .svaml import (
        PlayFiles as PlayFiles,
    )
    from .svaml import (
        RecordingOptions as RecordingOptions,
    )
    from .svaml import (
        ReportCallStatus as ReportCallStatus,
    )
    from .svaml import (
        ReportedCallStatus as ReportedCallStatus,
    )
    from .svaml import (
        RunMenu as RunMenu,
    )
    from .svaml import (
        Say as Say,
    )
    from .svaml import (
        SendDtmf as SendDtmf,
    )
    from .svaml import (
        SetCookie as SetCookie,
    )
    from .svaml import (
        SipTransport as SipTransport,
    )
    from .svaml import (
        StartRecording as StartRecording,
    )
    from .svaml import (
        StopRecording as StopRecording,
    )
    from .svaml import (
        StreamingOptions as StreamingOptions,
    )
    from .svaml import (
        Svamlet as Svamlet,
    )
    from .svaml import (
        TranscriptionOptions as TranscriptionOptions,
    )
    from .svaml import (
        UnknownAction as UnknownAction,
    )
    from .svaml import (
        UnknownInstruction as UnknownInstruction,
    )
    from .svaml import (
        UpdateInstruction as UpdateInstruction,
    )
    from .svaml import (
        UpdateSvamlet as UpdateSvamlet,
    )
    from .svaml import (
        read_ace_action as read_ace_action,
    )
    from .svaml import (
        read_ace_instruction as read_ace_instruction,
    )
    from .svaml import (
        read_action as read_action,
    )
    from .svaml import (
        read_ice_action as read_ice_action,
    )
    from .svaml import (
        read_ice_instruction as read_ice_instruction,
    )
    from .svaml import (
        read_instruction as read_instruction,
    )
    from .svaml import (
        read_pie_action as read_pie_action,
    )
    from .svaml import (
        read_pie_instruction as read_pie_instruction,
    )
    from .svaml import (
        read_update_instruction as read_update_instruction,
    )
    from .verification import (
        CalloutOptions as CalloutOptions,
    )
    from .verification import (
        CalloutReport as CalloutReport,
    )
    from .verification import (
        CalloutStart as CalloutStart,
    )
    from .verification import (
        CodeType as CodeType,
    )
    from .verification import (
        FlashCallOptions as FlashCallOptions,
    )
    from .verification import (
        FlashCallReport as FlashCallReport,
    )
    from .verification import (
        FlashCallStart as FlashCallStart,
    )
    from .verification import (
        ReportVerificationRequest as ReportVerificationRequest,
    )
    from .verification import (
        ReportVerificationResponse as ReportVerificationResponse,
    )
    from .verification import (
        SeamlessStart as SeamlessStart,
    )
    from .verification import (
        SmsOptions as SmsOptions,
    )
    from .verification import (
        SmsReport as SmsReport,
    )
    from .verification import (
        SmsStart as SmsStart,
    )
    from .verification import (
        SpeechOptions as SpeechOptions,
    )
    from .verification import (
        StartVerificationRequest as StartVerificationRequest,
    )
    from .verification import (
        StartVerificationResponse as StartVerificationResponse,
    )
    from .verification import (
        VerificationCallResult as VerificationCallResult,
    )
    from .verification import (
        VerificationLink as VerificationLink,
    )
    from .verification import (
        VerificationMethod as VerificationMethod,
    )
    from .verification import (
        VerificationPrice as VerificationPrice,
    )
    from .verification import (
        VerificationReason as VerificationReason,
    )
    from .verification import (
        VerificationSource as VerificationSource,
    )
    from .verification import (
        VerificationStatus as VerificationStatus,
    )
    from .verification import (
        VerificationStatusResponse as VerificationStatusResponse,
    )
    from .verification import (
        WhatsAppOptions as WhatsAppOptions,
    )
    from .verification import (
        WhatsAppReport as WhatsAppReport,
    )
    from .verification import (
        WhatsAppStart as WhatsAppStart,
    )
    from .verification_events import (
        CalloutReply as CalloutReply,
    )
    from .verification_events import (
        FlashCallReply as FlashCallReply,
    )
    from .verification_events import (
        SmsDeliveryResult as SmsDeliveryResult,
    )
    from .verification_events import (
        SmsReply as SmsReply,
    )
    from .verification_events import (
        UnknownVerificationEvent as UnknownVerificationEvent,
    )
    from .verification_events import (
        VerificationAction as VerificationAction,
    )
    from .verification_events import (
        VerificationEvent as VerificationEvent,
    )
    from .verification_events import (
        VerificationRequestEvent as VerificationRequestEvent,
    )
    from .verification_events import (
        VerificationRequestReply as VerificationRequestReply,
    )
    from .verification_events import (
        VerificationResultEvent as VerificationResultEvent,
    )
    from .verification_events import (
        VerificationSmsDeliveredEvent as VerificationSmsDeliveredEvent,
    )
    from .verification_events import (
        WhatsAppReply as WhatsAppReply,
    )
    from .verification_events import (
        read_verification_event as read_verification_event,
    )
    from .voice_events import (
        AceEvent as AceEvent,
    )
    from .voice_events import (
        AmdReason as AmdReason,
    )
    from .voice_events import (
        AmdResult as AmdResult,
    )
    from .voice_events import (
        AmdStatus as AmdStatus,
    )
    from .voice_events import (
        DiceEvent as DiceEvent,
    )
    from .voice_events import (
        DiceReason as DiceReason,
    )
    from .voice_events import (
        IceEvent as IceEvent,
    )
    from .voice_events import (
        MenuInputMethod as MenuInputMethod,
    )
    from .voice_events import (
        MenuResult as MenuResult,
    )
    from .voice_events import (
        MenuResultType as MenuResultType,
    )
    from .voice_events import (
        NotifyEvent as NotifyEvent,
    )
    from .voice_events import (
        NotifyType as NotifyType,
    )
    from .voice_events import (
        OriginationType as OriginationType,
    )
    from .voice_events import (
        PieEvent as PieEvent,
    )
    from .voice_events import (
        UnknownVoiceEvent as UnknownVoiceEvent,
    )
    from .voice_events import (
        VoiceEvent as VoiceEvent,
    )
    from .voice_events import (
        read_voice_event as read_voice_event,
    )


_HOMES = {
    "ApplicationNumber": "calling",
    "AssignNumbersRequest": "calling",
    "CallInfo": "calling",
    "CallLeg": "calling",
    "CallReason": "calling",
    "CallStatus": "calling",
    "CallbackSettings": "calling",
    "CallbackUrls": "calling",
    "CalloutMethod": "calling",
    "CalloutRequest": "calling",
    "CalloutResponse": "calling",
    "Conference": "calling",
    "ConferenceCallout": "calling",
    "ConferenceParticipant": "calling",
    "CustomCallout": "calling",
    "NumberCapability": "calling",
    "NumberInfo": "calling",
    "NumberQueryResponse": "calling",
    "NumberType": "calling",
    "NumbersResponse": "calling",
    "ParticipantCommand": "calling",
    "ParticipantCommandRequest": "calling",
    "TtsCallout": "calling",
    "UnassignNumberRequest": "calling",
    "CallDomain": "common",
    "CallHeader": "common",
    "CallResult": "common",
    "ConferenceDtmfMode": "common",
    "ConferenceDtmfOptions": "common",
    "ErrorBody": "common",
    "Identity": "common",
    "IdentityType": "common",
    "KeyValue": "common",
    "Money": "common",
    "MusicOnHold": "common",
    "AcceptedAddresses": "messages",
    "Batch": "messages",
    "BatchAddresses": "messages",
    "BatchChanges": "messages",
    "BatchOptions": "messages",
    "BatchPage": "messages",
    "BatchReport": "messages",
    "BatchReportFields": "messages",
    "BatchReportMms": "messages",
    "BatchReportSms": "messages",
    "BatchRequest": "messages",
    "BatchState": "messages",
    "BatchUpdate": "messages",
    "BinaryBatch": "messages",
    "BinaryBatchRequest": "messages",
    "BinaryBatchUpdate": "messages",
    "DeliveryCode": "messages",
    "DeliveryFeedback": "messages",
    "DeliveryReportType": "messages",
    "DryRunRecipient": "messages",
    "DryRunResult": "messages",
    "Group": "messages",
    "GroupAutoUpdate": "messages",
    "GroupKeyword": "messages",
    "GroupPage": "messages",
    "GroupRequest": "messages",
    "GroupUpdate": "messages",
    "Inbound": "messages",
    "InboundBinary": "messages",
    "InboundFields": "messages",
    "InboundMedia": "messages",
    "InboundMediaBody": "messages",
    "InboundMediaItem": "messages",
    "InboundMediaStatus": "messages",
    "InboundPage": "messages",
    "InboundText": "messages",
    "MediaBatch": "messages",
    "MediaBatchRequest": "messages",
    "MediaBatchUpdate": "messages",
    "MediaBody": "messages",
    "MessageEncoding": "messages",
    "MessageStatus": "messages",
    "MessagesError": "messages",
    "MessagesErrorCode": "messages",
    "RecipientReport": "messages",
    "RecipientReportFields": "messages",
    "RecipientReportMms": "messages",
    "RecipientReportPage": "messages",
    "RecipientReportSms": "messages",
    "ReportDetail": "messages",
    "SentMediaBody": "messages",
    "StatusCount": "messages",
    "TextBatch": "messages",
    "TextBatchRequest": "messages",
    "TextBatchUpdate": "messages",
    "TextOptions": "messages",
    "UnknownBatch": "messages",
    "UnknownBatchReport": "messages",
    "UnknownBatchRequest": "messages",
    "UnknownBatchUpdate": "messages",
    "UnknownInbound": "messages",
    "UnknownRecipientReport": "messages",
    "read_batch": "messages",
    "read_batch_report": "messages",
    "read_batch_request": "messages",
    "read_batch_update": "messages",
    "read_inbound": "messages",
    "read_recipient_report": "messages",
    "IncomingSmsEvent": "sms",
    "SendSmsRequest": "sms",
    "SendSmsResponse": "sms",
    "SmsStatus": "sms",
    "SmsStatusResponse": "sms",
    "AceAction": "svaml",
    "AceInstruction": "svaml",
    "AceSvamlet": "svaml",
    "Action": "svaml",
    "AmdOptions": "svaml",
    "Answer": "svaml",
    "CallTag": "svaml",
    "ConferenceType": "svaml",
    "ConnectConference": "svaml",
    "ConnectMxp": "svaml",
    "ConnectPstn": "svaml",
    "ConnectSip": "svaml",
    "ConnectStream": "svaml",
    "Continue": "svaml",
    "Hangup": "svaml",
    "IceAction": "svaml",
    "IceInstruction": "svaml",
    "IceSvamlet": "svaml",
    "Instruction": "svaml",
    "Menu": "svaml",
    "MenuOption": "svaml",
    "Park": "svaml",
    "PieAction": "svaml",
    "PieInstruction": "svaml",
    "PieSvamlet": "svaml",
    "PlayFiles": "svaml",
    "RecordingOptions": "svaml",
    "ReportCallStatus": "svaml",
    "ReportedCallStatus": "svaml",
    "RunMenu": "svaml",
    "Say": "svaml",
    "SendDtmf": "svaml",
    "SetCookie": "svaml",
    "SipTransport": "svaml",
    "StartRecording": "svaml",
    "StopRecording": "svaml",
    "StreamingOptions": "svaml",
    "Svamlet": "svaml",
    "TranscriptionOptions": "svaml",
    "UnknownAction": "svaml",
    "UnknownInstruction": "svaml",
    "UpdateInstruction": "svaml",
    "UpdateSvamlet": "svaml",
    "read_ace_action": "svaml",
    "read_ace_instruction": "svaml",
    "read_action": "svaml",
    "read_ice_action": "svaml",
    "read_ice_instruction": "svaml",
    "read_instruction": "svaml",
    "read_pie_action": "svaml",
    "read_pie_instruction": "svaml",
    "read_update_instruction": "svaml",
    "CalloutOptions": "verification",
    "CalloutReport": "verification",
    "CalloutStart": "verification",
    "CodeType": "verification",
    "FlashCallOptions": "verification",
    "FlashCallReport": "verification",
    "FlashCallStart": "verification",
    "ReportVerificationRequest": "verification",
    "ReportVerificationResponse": "verification",
    "SeamlessStart": "verification",
    "SmsOptions": "verification",
    "SmsReport": "verification",
    "SmsStart": "verification",
    "SpeechOptions": "verification",
    "StartVerificationRequest": "verification",
    "StartVerificationResponse": "verification",
    "VerificationCallResult": "verification",
    "VerificationLink": "verification",
    "VerificationMethod": "verification",
    "VerificationPrice": "verification",
    "VerificationReason": "verification",
    "VerificationSource": "verification",
    "VerificationStatus": "verification",
    "VerificationStatusResponse": "verification",
    "WhatsAppOptions": "verification",
    "WhatsAppReport": "verification",
    "WhatsAppStart": "verification",
    "CalloutReply": "verification_events",
    "FlashCallReply": "verification_events",
    "SmsDeliveryResult": "verification_events",
    "SmsReply": "verification_events",
    "UnknownVerificationEvent": "verification_events",
    "VerificationAction": "verification_events",
    "VerificationEvent": "verification_events",
    "VerificationRequestEvent": "verification_events",
    "VerificationRequestReply": "verification_events",
    "VerificationResultEvent": "verification_events",
    "VerificationSmsDeliveredEvent": "verification_events",
    "WhatsAppReply": "verification_events",
    "read_verification_event": "verification_events",
    "AceEvent": "voice_events",
    "AmdReason": "voice_events",
    "AmdResult": "voice_events",
    "AmdStatus": "voice_events",
    "DiceEvent": "voice_events",
    "DiceReason": "voice_events",
    "IceEvent": "voice_events",
    "MenuInputMethod": "voice_events",
    "MenuResult": "voice_events",
    "MenuResultType": "voice_events",
    "NotifyEvent": "voice_events",
    "NotifyType": "voice_events",
    "OriginationType": "voice_events",
    "PieEvent": "voice_events",
    "UnknownVoiceEvent": "voice_events",
    "VoiceEvent": "voice_events",
    "read_voice_event": "voice_events",
}

__all__ = [
    "AcceptedAddresses",
    "AceAction",
    "AceEvent",
    "AceInstruction",
    "AceSvamlet",
    "Action",
    "AmdOptions",
    "AmdReason",
    "AmdResult",
    "AmdStatus",
    "Answer",
    "ApplicationNumber",
    "AssignNumbersRequest",
    "Batch",
    "BatchAddresses",
    "BatchChanges",
    "BatchOptions",
    "BatchPage",
    "BatchReport",
    "BatchReportFields",
    "BatchReportMms",
    "BatchReportSms",
    "BatchRequest",
    "BatchState",
    "BatchUpdate",
    "BinaryBatch",
    "BinaryBatchRequest",
    "BinaryBatchUpdate",
    "CallDomain",
    "CallHeader",
    "CallInfo",
    "CallLeg",
    "CallReason",
    "CallResult",
    "CallStatus",
    "CallTag",
    "CallbackSettings",
    "CallbackUrls",
    "CalloutMethod",
    "CalloutOptions",
    "CalloutReply",
    "CalloutReport",
    "CalloutRequest",
    "CalloutResponse",
    "CalloutStart",
    "CodeType",
    "Conference",
    "ConferenceCallout",
    "ConferenceDtmfMode",
    "ConferenceDtmfOptions",
    "ConferenceParticipant",
    "ConferenceType",
    "ConnectConference",
    "ConnectMxp",
    "ConnectPstn",
    "ConnectSip",
    "ConnectStream",
    "Continue",
    "CustomCallout",
    "DeliveryCode",
    "DeliveryFeedback",
    "DeliveryReportType",
    "DiceEvent",
    "DiceReason",
    "DryRunRecipient",
    "DryRunResult",
    "ErrorBody",
    "FlashCallOptions",
    "FlashCallReply",
    "FlashCallReport",
    "FlashCallStart",
    "Group",
    "GroupAutoUpdate",
    "GroupKeyword",
    "GroupPage",
    "GroupRequest",
    "GroupUpdate",
    "Hangup",
    "IceAction",
    "IceEvent",
    "IceInstruction",
    "IceSvamlet",
    "Identity",
    "IdentityType",
    "Inbound",
    "InboundBinary",
    "InboundFields",
    "InboundMedia",
    "InboundMediaBody",
    "InboundMediaItem",
    "InboundMediaStatus",
    "InboundPage",
    "InboundText",
    "IncomingSmsEvent",
    "Instruction",
    "KeyValue",
    "MediaBatch",
    "MediaBatchRequest",
    "MediaBatchUpdate",
    "MediaBody",
    "Menu",
    "MenuInputMethod",
    "MenuOption",
    "MenuResult",
    "MenuResultType",
    "MessageEncoding",
    "MessageStatus",
    "MessagesError",
    "MessagesErrorCode",
    "Money",
    "MusicOnHold",
    "NotifyEvent",
    "NotifyType",
    "NumberCapability",
    "NumberInfo",
    "NumberQueryResponse",
    "NumberType",
    "NumbersResponse",
    "OriginationType",
    "Park",
    "ParticipantCommand",
    "ParticipantCommandRequest",
    "PieAction",
    "PieEvent",
    "PieInstruction",
    "PieSvamlet",
    "PlayFiles",
    "RecipientReport",
    "RecipientReportFields",
    "RecipientReportMms",
    "RecipientReportPage",
    "RecipientReportSms",
    "RecordingOptions",
    "ReportCallStatus",
    "ReportDetail",
    "ReportVerificationRequest",
    "ReportVerificationResponse",
    "ReportedCallStatus",
    "RunMenu",
    "Say",
    "SeamlessStart",
    "SendDtmf",
    "SendSmsRequest",
    "SendSmsResponse",
    "SentMediaBody",
    "SetCookie",
    "SipTransport",
    "SmsDeliveryResult",
    "SmsOptions",
    "SmsReply",
    "SmsReport",
    "SmsStart",
    "SmsStatus",
    "SmsStatusResponse",
    "SpeechOptions",
    "StartRecording",
    "StartVerificationRequest",
    "StartVerificationResponse",
    "StatusCount",
    "StopRecording",
    "StreamingOptions",
    "Svamlet",
    "TextBatch",
    "TextBatchRequest",
    "TextBatchUpdate",
    "TextOptions",
    "TranscriptionOptions",
    "TtsCallout",
    "UnassignNumberRequest",
    "UnknownAction",
    "UnknownBatch",
    "UnknownBatchReport",
    "UnknownBatchRequest",
    "UnknownBatchUpdate",
    "UnknownInbound",
    "UnknownInstruction",
    "UnknownRecipientReport",
    "UnknownVerificationEvent",
    "UnknownVoiceEvent",
    "UpdateInstruction",
    "UpdateSvamlet",
    "VerificationAction",
    "VerificationCallResult",
    "VerificationEvent",
    "VerificationLink",
    "VerificationMethod",
    "VerificationPrice",
    "VerificationReason",
    "VerificationRequestEvent",
    "VerificationRequestReply",
    "VerificationResultEvent",
    "VerificationSmsDeliveredEvent",
    "VerificationSource",
    "VerificationStatus",
    "VerificationStatusResponse",
    "VoiceEvent",
    "WhatsAppOptions",
    "WhatsAppReply",
    "WhatsAppReport",
    "WhatsAppStart",
    "read_ace_action",
    "read_ace_instruction",
    "read_action",
    "read_batch",
    "read_batch_report",
    "read_batch_request",
    "read_batch_update",
    "read_ice_action",
    "read_ice_instruction",
    "read_inbound",
    "read_instruction",
    "read_pie_action",
    "read_pie_instruction",
    "read_recipient_report",
    "read_update_instruction",
    "read_verification_event",
    "read_voice_event",
]


def __getattr__(name: str) -> Any:
    if (home := _HOMES.get(name)) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
