-- uses clock job
-- Makes a job known. The cost does not depend on its tasks: they come into being when claimed.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  fingerprint        ARGV[2]  shape, packed, for the callers
-- ARGV[3]  plan, packed: lease (microseconds, text), attempts and deaths allowed, sizes of all stages
-- Returns  1 new, 0 known, -1 the id stands for another job
local known = redis.call('HGET', KEYS[1], 'fingerprint')
if known then return known == ARGV[1] and 0 or -1 end

local nothing = {}
for i = 1, 19 do nothing[i] = 0 end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'shape', ARGV[2], 'plan', ARGV[3], 'at', string.format('%.0f', now),
    'state', cmsgpack.pack(unpack(nothing)))
loadJob()
advance()
saveState()
return 1
