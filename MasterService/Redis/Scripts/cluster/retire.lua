-- Takes a job that has ended off the list.
-- KEYS[1]  mr:{cluster}:jobs    KEYS[2]  mr:{cluster}:leases
-- ARGV[1]  job
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
