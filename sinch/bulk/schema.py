"""The tables of a journal and the statements on them, for both databases.

The partial indexes hold only what is not done yet, so a turn costs the same in a job of a thousand
recipients and in one of a million.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

VERSION: Final = 2
#: How many rows share a statement; databases limit what it may hold.
GROUP: Final = 500

#: ``{id}`` is how the database counts rows up.
TABLES: Final = """
CREATE TABLE IF NOT EXISTS sinch_bulk_jobs (
    id {id}, name TEXT NOT NULL UNIQUE, uid TEXT NOT NULL, kind TEXT NOT NULL, settings TEXT NOT NULL,
    rate DOUBLE PRECISION, slot DOUBLE PRECISION NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'running', reason TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS sinch_bulk_items (
    id {id}, job BIGINT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, text TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending', due DOUBLE PRECISION NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, crowd INTEGER NOT NULL DEFAULT 0, worker TEXT,
    parameters TEXT, reference TEXT, result TEXT, reason TEXT, error TEXT,
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
CREATE TABLE IF NOT EXISTS sinch_bulk_schema (version INTEGER NOT NULL);
"""

CREATE: Final = """
INSERT INTO sinch_bulk_jobs (name, uid, kind, settings, rate) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO NOTHING"""
JOB: Final = "SELECT id, name, uid, kind, settings, rate, state, reason FROM sinch_bulk_jobs"
STANDING: Final = "SELECT state, reason, rate, slot FROM sinch_bulk_jobs WHERE id = ?"
STATE: Final = "UPDATE sinch_bulk_jobs SET state = ?, reason = ? WHERE id = ?"
STOP: Final = STATE + " AND state = 'running'"
SLOT: Final = "UPDATE sinch_bulk_jobs SET slot = ? WHERE id = ?"
ADD: Final = """
INSERT INTO sinch_bulk_items (job, key, number, text, parameters, state, reason, error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job, key) DO NOTHING"""
SUPPRESS: Final = "INSERT INTO sinch_bulk_suppressed VALUES (?) ON CONFLICT (number) DO NOTHING"
COUNTS: Final = """
SELECT state, COALESCE(reason, ''), COUNT(*) FROM sinch_bulk_items WHERE +job = ? GROUP BY 1, 2"""

#: ``worker`` is kept for items of lost workers, so that who only stalled can still tell its outcome.
KEEP: Final = """
UPDATE sinch_bulk_items SET state = ?, result = ?, reason = ?, error = ?, due = ?,
    attempts = attempts + ?, crowd = COALESCE(?, crowd), worker = NULL, changed = ?
WHERE id = ? AND worker = ?"""
#: What comes of nearly everybody, for many in one statement: a driver lets other threads in between
#: any two, and a thread that works in between is waited for.
KEEP_SENT: Final = """
WITH v (id, result) AS (VALUES {rows})
UPDATE sinch_bulk_items AS i SET state = 'sent', result = v.result, reason = NULL, error = NULL,
    attempts = attempts + 1, worker = NULL, changed = ?
FROM v WHERE i.id = v.id AND i.worker = ?"""
LAUNCH: Final = """
UPDATE sinch_bulk_items SET state = 'in_flight', changed = ?
WHERE worker = ? AND state = 'leased' AND id IN ({ids}) RETURNING id"""
HOLD: Final = """
WITH v (id, reference) AS (VALUES {rows})
UPDATE sinch_bulk_items AS i SET state = ?, worker = ?, reference = v.reference, changed = ?
FROM v WHERE i.id = v.id"""
NEXT: Final = """
SELECT i.id, i.key, i.number, i.text, i.attempts, i.crowd, i.parameters, s.number
FROM sinch_bulk_items AS i
LEFT JOIN sinch_bulk_suppressed AS s ON s.number = i.number
WHERE i.job = ? AND i.state = 'pending' AND i.due <= ? ORDER BY i.due, i.id LIMIT ?"""
DUE: Final = "SELECT MIN(due) FROM sinch_bulk_items WHERE job = ? AND state = 'pending'"
SUPPRESSED: Final = """
UPDATE sinch_bulk_items SET state = 'refused', reason = 'Suppressed', changed = ? WHERE id = ?"""
GIVE_BACK: Final = """
UPDATE sinch_bulk_items SET state = 'pending', worker = NULL
WHERE job = ? AND state IN ('leased', 'in_flight') AND state = 'leased' AND worker = ?"""
ELSEWHERE: Final = """
SELECT 1 FROM sinch_bulk_items WHERE job = ? AND state IN ('leased', 'in_flight')
    AND worker <> ? LIMIT 1"""
#: What was in flight keeps its time, which is that of sending: a platform is asked about it.
ORPHANS: Final = """
UPDATE sinch_bulk_items SET
    state = CASE state WHEN 'in_flight' THEN 'unknown' ELSE 'pending' END,
    reason = CASE state WHEN 'in_flight' THEN 'WorkerLost' END,
    worker = CASE state WHEN 'in_flight' THEN worker END,
    changed = CASE state WHEN 'in_flight' THEN changed ELSE ? END
WHERE job = ? AND state IN ('leased', 'in_flight')
    AND worker NOT IN (SELECT token FROM sinch_bulk_workers)"""
WORKERS: Final = "SELECT token, host, pid, until FROM sinch_bulk_workers"
FORGET: Final = "DELETE FROM sinch_bulk_workers WHERE token = ?"
BEAT: Final = """
INSERT INTO sinch_bulk_workers (token, job, host, pid, until) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (token) DO UPDATE SET until = excluded.until"""
CANCEL: Final = """
UPDATE sinch_bulk_items SET state = 'refused', reason = 'Cancelled', worker = NULL, changed = ?
WHERE job = ? AND state IN ('pending', 'leased')"""
#: ``+job`` keeps databases from an index by job, after which they would have to sort all of it.
ROWS: Final = """
SELECT id, key, number, text, state, attempts, COALESCE(result, ''), COALESCE(reason, ''),
    COALESCE(error, ''), changed, COALESCE(reference, ''), parameters
FROM sinch_bulk_items WHERE +job = ? AND id > ?{states} ORDER BY id LIMIT ?"""
SETTLE: Final = """
UPDATE sinch_bulk_items SET state = ?, result = COALESCE(?, result), reason = ?, error = ?,
    worker = NULL, changed = ? WHERE id = ? AND state = ?"""
DELIVERED: Final = """
UPDATE sinch_bulk_items SET state = ?, reason = ?, changed = ?
WHERE job = ? AND result = ? AND (? = '' OR number = ?) AND state IN ('sent', 'delivered', 'failed')"""


def marks(count: int) -> str:
    """As many placeholders, separated by commas."""
    return ", ".join("?" * count)


@lru_cache(maxsize=400)
def for_pairs(sql: str, count: int) -> str:
    """A statement on as many pairs."""
    return sql.format(rows=", ".join(["(?, ?)"] * count))
