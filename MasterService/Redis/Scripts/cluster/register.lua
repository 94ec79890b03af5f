-- uses clock
-- Registers a worker.
-- KEYS[1]  mr:{cluster}:workers, worker -> when its registration lapses    KEYS[2]  mr:{cluster}:registrations
-- KEYS[3]  mr:{cluster}:draining    KEYS[4]  mr:{cluster}:epoch
-- ARGV[1]  worker    ARGV[2]  registration, packed    ARGV[3]  microseconds that it lasts    ARGV[4]  epoch if there is none
-- Returns  {1 when it is to drain, epoch}
redis.call('ZADD', KEYS[1], string.format('%.0f', clock() + tonumber(ARGV[3])), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('SETNX', KEYS[4], ARGV[4])
return {redis.call('SISMEMBER', KEYS[3], ARGV[1]), redis.call('GET', KEYS[4])}
