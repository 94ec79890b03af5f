-- uses clock
-- Asks a registered worker to claim no more tasks, or to claim again.
-- KEYS[1]  mr:{cluster}:workers    KEYS[2]  mr:{cluster}:draining
-- ARGV[1]  worker    ARGV[2]  1 to drain, 0 to claim again
-- Returns  1, or 0 when the worker is not registered
local lapsesAt = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
if lapsesAt <= clock() then return 0 end
redis.call(ARGV[2] == '1' and 'SADD' or 'SREM', KEYS[2], ARGV[1])
return 1
