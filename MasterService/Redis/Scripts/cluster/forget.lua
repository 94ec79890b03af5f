-- uses clock
-- Forgets a worker that is lost; one that registered again in between stays.
-- KEYS[1]  mr:{cluster}:workers    KEYS[2]  mr:{cluster}:registrations    KEYS[3]  mr:{cluster}:draining
-- ARGV[1]  worker
-- Returns  1 when it is forgotten now, else 0
local lapsesAt = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]))
if not lapsesAt or lapsesAt > clock() then return 0 end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
return 1
