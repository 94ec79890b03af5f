-- Stops a job: no more claims, and renewals are answered with cancel.
-- KEYS[1]  mr:{J}:job
-- Returns  1, or 0 when the job is unknown
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'cancelled', 1)
return 1
