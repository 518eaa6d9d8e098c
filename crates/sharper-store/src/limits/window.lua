-- One decision over all rules at once, by the clock of this Redis.
--
-- KEYS[1]  a list of the moments (microseconds) at which the caller was admitted, newest first
-- ARGV[1]  1: count the request when it is admitted; 0: only look
-- ARGV[…]  for each rule two numbers: how many, and the window's length in microseconds
--
-- Answers {1, rule, how many more it admits, microseconds until it admits one more again} or
-- {0, rule, 0, microseconds until it admits one}. Rules are numbered from 1.

local key = KEYS[1]
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
local held = redis.call('LLEN', key)

local function at(index)
  return tonumber(redis.call('LINDEX', key, index))
end

local function written(moment)
  return string.format('%.0f', moment)
end

-- The machine's clock was set back: what lies ahead was at the latest now.
for index = 0, held - 1 do
  if at(index) <= now then break end
  redis.call('LSET', key, index, written(now))
end

-- How many of the newest lie within the window, by halving.
local function within(length)
  local low, high = 0, held
  while low < high do
    local middle = math.floor((low + high) / 2)
    if now - at(middle) < length then low = middle + 1 else high = middle end
  end
  return low
end

local refused, wait = 0, -1
local tightest, left, free = 0, nil, 0
local longest, kept = 0, 0
for rule = 1, (#ARGV - 1) / 2 do
  local most, length = tonumber(ARGV[2 * rule]), tonumber(ARGV[2 * rule + 1])
  local used = within(length)
  longest, kept = math.max(longest, length), math.max(kept, used)
  if used >= most then
    local opens = at(most - 1) + length - now
    if opens > wait then refused, wait = rule, opens end
  else
    local opens = length
    if used > 0 then opens = at(used - 1) + length - now end
    local remains = most - used - 1
    if left == nil or remains < left or (remains == left and opens > free) then
      tightest, left, free = rule, remains, opens
    end
  end
end
if refused > 0 then return {0, refused, 0, wait} end

if ARGV[1] == '1' then
  redis.call('LPUSH', key, written(now))
  redis.call('LTRIM', key, 0, kept)
  redis.call('PEXPIRE', key, math.ceil(longest / 1000) + 1)
end
return {1, tightest, left, free}
