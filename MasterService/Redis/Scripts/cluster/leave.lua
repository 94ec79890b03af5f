-- Ends a registration now; the worker counts as lost until it is forgotten. Below zero is before any time.
-- KEYS[1]  mr:{cluster}:workers
-- ARGV[1]  worker
return redis.call('ZADD', KEYS[1], 'XX', -1, ARGV[1])
