// A HAR 1.x file of a browser, a proxy or our own (har_writer.h) as recorded exchanges. Pure; any thread. Bounded in
// entries, heads and bodies (limits.h), so that an import leaves room for live requests. All or nothing: a mistake in the
// file imports nothing and is told with its place. What is no mistake but no request of ours either (data: URLs, heads
// beyond our bounds) is left out and told.
#pragma once

#include "traffic/exchange.h"
#include "wire/result.h"

#include <string>
#include <vector>

namespace traffic {

struct HarLog {
    std::vector<Exchange> exchanges; // ExchangeOrigin::Import, without keys, in the order of the file
    std::size_t leftOut = 0;
    std::string leftOutWhy; // of the first: "entry 3: its URL does not begin with …"
    std::size_t bodiesLeftOut = 0; // exchanges whose bodies were beyond the bound (Exchange::bodiesDropped)
};

// InvalidRequest or PayloadTooLarge with sentences for the user: what, where (entries count from 1), what to do.
[[nodiscard]] wire::Result<HarLog> readHar(const QByteArray &json);
// What it says of a file beyond kMaxHarFileBytes, which need not be read for that.
[[nodiscard]] wire::Error tooLargeHar();

} // namespace traffic
