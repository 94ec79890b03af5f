-- uses clock fence
-- Watches over the watch: leases that ran out while nobody looked (masters away, Redis paused, restarted or set back) may belong
-- to workers that could not renew, so that they get one longest lease of grace. Registrations are renewed every few seconds,
-- however short the leases: they get 10 s at least.
-- KEYS[1]  mr:{cluster}:guard    KEYS[2]  mr:{cluster}:jobs    KEYS[3]  mr:{cluster}:leases    KEYS[4]  mr:{cluster}:workers
-- KEYS[5]  mr:{cluster}:epoch
-- ARGV[1]  lease when there is no job, and the least grace of registrations, in microseconds
-- Returns  {1 when the watch was interrupted before this look, 1 when a grace lasts, fence, now, jobs, since when each is known,
--           workers to give up}
local now, seen = clock(), fence()
local last = redis.call('HMGET', KEYS[1], 'fence', 'tick', 'grace', 'settled')
local tick, grace, settled = tonumber(last[2]), tonumber(last[3]), tonumber(last[4] or last[3])
local usual, shortest, longest = tonumber(ARGV[1]), nil, nil
for _, lease in ipairs(redis.call('HVALS', KEYS[3])) do
    lease = tonumber(lease)
    shortest, longest = math.min(shortest or lease, lease), math.max(longest or lease, lease)
end
local isChanged = last[1] ~= seen or not tick or now < tick or now - tick > longestPause(shortest or usual)
if isChanged then
    grace = now + (longest or usual)
    settled = now + math.max(longest or usual, usual)
end
-- Another process or data set may lack the last writes: a new epoch lets workers announce what it does not know of.
if last[1] ~= seen then redis.call('DEL', KEYS[5]) end
redis.call('HSET', KEYS[1], 'fence', seen, 'tick', string.format('%.0f', now), 'grace', string.format('%.0f', grace),
    'settled', string.format('%.0f', settled))

local isGrace = now < grace
local jobs, since = {}, {}
local known = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
for i = 1, #known, 2 do
    jobs[#jobs + 1] = known[i]
    since[#since + 1] = tonumber(known[i + 1])
end
-- Below zero: those that left by themselves, whom no grace need protect.
local gone = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now < settled and '(0' or string.format('%.0f', now))
return {isChanged and 1 or 0, isGrace and 1 or 0, seen, now, jobs, since, gone}
