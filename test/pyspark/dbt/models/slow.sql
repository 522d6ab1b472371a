{{ config(materialized='table') }}
-- Longer than a token lives on the fast clock of the sandbox.
SELECT id, java_method('java.lang.Thread', 'sleep', 1000L) AS slept
FROM range(0, 40, 1, 1)
