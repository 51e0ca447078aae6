#include "stores/reply_queue_name.h"

#include "wire/ids.h"

#include <fmt/format.h>

#include <charconv>

namespace stores {

std::string drawQueueName(std::string_view prefix, gateway::Time now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return fmt::format("{}{}-{}", prefix, seconds, wire::drawTunnelId());
}

std::optional<gateway::Time> madeAt(std::string_view url, std::string_view prefix)
{
    const auto slash = url.rfind('/');
    auto name = slash == std::string_view::npos ? url : url.substr(slash + 1);
    if (!name.starts_with(prefix))
        return std::nullopt;
    name.remove_prefix(prefix.size());
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), seconds);
    const auto rest = name.substr(static_cast<std::size_t>(end - name.data()));
    if (error != std::errc() || seconds <= 0 || !rest.starts_with('-') || rest.size() == 1)
        return std::nullopt;
    return gateway::Time(std::chrono::seconds(seconds));
}

} // namespace stores
