-- Asks for the addresses of a file, over and over, each thread in an order of its own: wrk -s wrk.lua URL FILE
local paths, place = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
  math.randomseed(os.time() + tonumber(tostring(paths):sub(8), 16) % 100000)
  for number = #paths, 2, -1 do
    local other = math.random(number)
    paths[number], paths[other] = paths[other], paths[number]
  end
end

function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end
