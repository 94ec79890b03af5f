-- uses clock
-- The registered workers, and the lost ones that were not forgotten.
-- KEYS[1]  mr:{cluster}:workers    KEYS[2]  mr:{cluster}:registrations    KEYS[3]  mr:{cluster}:draining
-- Returns  {now, then for each: when it lapses (-1: it left), registration, 1 when it drains}
local answer = {clock()}
local known = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #known, 2 do
    answer[#answer + 1] = tonumber(known[i + 1])
    answer[#answer + 1] = redis.call('HGET', KEYS[2], known[i])
    answer[#answer + 1] = redis.call('SISMEMBER', KEYS[3], known[i])
end
return answer
