"""The tables of a journal, for both databases.

The partial indexes hold only what is not done yet, so a turn costs the same in a job of a thousand
recipients and in one of a million.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 1

#: ``{id}`` is how the database counts rows up.
TABLES: Final = """
CREATE TABLE IF NOT EXISTS sinch_bulk_schema (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sinch_bulk_jobs (
    id {id}, name TEXT NOT NULL UNIQUE, uid TEXT NOT NULL, kind TEXT NOT NULL, settings TEXT NOT NULL,
    rate DOUBLE PRECISION, slot DOUBLE PRECISION NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'running', reason TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS sinch_bulk_items (
    id {id}, job BIGINT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, text TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending', due DOUBLE PRECISION NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, worker TEXT, result TEXT, reason TEXT, error TEXT,
    changed DOUBLE PRECISION NOT NULL DEFAULT 0, UNIQUE (job, key));
CREATE INDEX IF NOT EXISTS sinch_bulk_pending ON sinch_bulk_items (job, due, id)
    WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS sinch_bulk_held ON sinch_bulk_items (job)
    WHERE state IN ('leased', 'in_flight');
CREATE INDEX IF NOT EXISTS sinch_bulk_results ON sinch_bulk_items (result)
    WHERE result IS NOT NULL;
CREATE TABLE IF NOT EXISTS sinch_bulk_workers (
    token TEXT PRIMARY KEY, job BIGINT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL,
    until DOUBLE PRECISION NOT NULL);
CREATE TABLE IF NOT EXISTS sinch_bulk_suppressed (number TEXT PRIMARY KEY);
"""

JOB: Final = "SELECT id, name, uid, kind, settings, rate, state, reason FROM sinch_bulk_jobs"
ADD: Final = """
INSERT INTO sinch_bulk_items (job, key, number, text, state, reason, error)
VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job, key) DO NOTHING"""
KEEP: Final = """
UPDATE sinch_bulk_items SET state = ?, result = ?, reason = ?, error = ?, due = ?,
    attempts = attempts + ?, worker = NULL, changed = ? WHERE id = ? AND worker = ?"""
LAUNCH: Final = """
UPDATE sinch_bulk_items SET state = 'in_flight', changed = ?
WHERE worker = ? AND state = 'leased' AND id IN ({ids}) RETURNING id"""
HOLD: Final = """
UPDATE sinch_bulk_items SET state = ?, worker = ?, changed = ? WHERE id = ?"""
NEXT: Final = """
SELECT i.id, i.key, i.number, i.text, i.attempts, s.number FROM sinch_bulk_items AS i
LEFT JOIN sinch_bulk_suppressed AS s ON s.number = i.number
WHERE i.job = ? AND i.state = 'pending' AND i.due <= ? ORDER BY i.due, i.id LIMIT ?"""
#: Items of workers that nobody knows (any more): whoever stalled and comes back is told by `worker`.
ORPHANS: Final = """
UPDATE sinch_bulk_items SET
    state = CASE state WHEN 'in_flight' THEN 'unknown' ELSE 'pending' END,
    reason = CASE state WHEN 'in_flight' THEN 'WorkerLost' END,
    worker = CASE state WHEN 'in_flight' THEN worker END, changed = ?
WHERE job = ? AND state IN ('leased', 'in_flight')
    AND worker NOT IN (SELECT token FROM sinch_bulk_workers)"""
BEAT: Final = """
INSERT INTO sinch_bulk_workers (token, job, host, pid, until) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (token) DO UPDATE SET until = excluded.until"""
CANCEL: Final = """
UPDATE sinch_bulk_items SET state = 'refused', reason = 'Cancelled', worker = NULL, changed = ?
WHERE job = ? AND state IN ('pending', 'leased')"""
ROWS: Final = """
SELECT id, key, number, text, state, attempts, COALESCE(result, ''), COALESCE(reason, ''),
    COALESCE(error, ''), changed
FROM sinch_bulk_items WHERE job = ? AND id > ?{states} ORDER BY id LIMIT ?"""
