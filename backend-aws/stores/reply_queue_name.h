// Names of reply queues say when they were made, so that it needs no question to find the old ones: PREFIX, seconds since 1970,
// '-', random. Pure; any thread.
#pragma once

#include "gateway/reservation.h"

#include <optional>
#include <string>
#include <string_view>

namespace stores {

[[nodiscard]] std::string drawQueueName(std::string_view prefix, gateway::Time now);
// Of the queue at the end of this URL; nothing when it is none of ours.
[[nodiscard]] std::optional<gateway::Time> madeAt(std::string_view url, std::string_view prefix);

} // namespace stores
