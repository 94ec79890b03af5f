-- uses clock
-- Puts a job into the list of those that have not ended, unless it is there.
-- KEYS[1]  mr:{cluster}:jobs    KEYS[2]  mr:{cluster}:leases
-- ARGV[1]  job    ARGV[2]  its lease in microseconds
redis.call('ZADD', KEYS[1], 'NX', string.format('%.0f', clock()), ARGV[1])
redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
return 1
