-- uses clock
-- The jobs that have not ended, by submit time, and how many workers live.
-- KEYS[1]  mr:{cluster}:jobs    KEYS[2]  mr:{cluster}:workers
-- Returns  {live workers, job…}
local answer = redis.call('ZRANGE', KEYS[1], 0, -1)
table.insert(answer, 1, redis.call('ZCOUNT', KEYS[2], '(' .. string.format('%.0f', clock()), '+inf'))
return answer
