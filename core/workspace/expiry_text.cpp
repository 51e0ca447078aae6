#include "workspace/expiry_text.h"

#include "wire/limits.h"

#include <fmt/core.h>

namespace workspace {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

// Whole ones, as in "in 6 days" for anything below seven.
std::string amountText(seconds time)
{
    const auto whole = time < 2 * days(1) ? time / hours(1) : time / days(1);
    const std::string_view unit = time < 2 * days(1) ? "hour" : "day";
    return fmt::format("{} {}{}", whole, unit, whole == 1 ? "" : "s");
}

} // namespace

ExpiryStage expiryStage(settings::TokenTime expiry, settings::TokenTime now)
{
    const seconds left = expiry - now;
    if (left <= seconds(0))
        return ExpiryStage::Over;
    if (left <= wire::kExpiryNear)
        return ExpiryStage::Near;
    return left <= wire::kExpirySoon ? ExpiryStage::Soon : ExpiryStage::Fine;
}

std::string expiryText(settings::TokenTime expiry, settings::TokenTime now)
{
    const seconds left = expiry - now;
    if (left <= seconds(0))
        return -left < hours(1) ? std::string("expired within the hour")
                                : fmt::format("expired {} ago", amountText(-left));
    return left < hours(1) ? std::string("expires within the hour") : fmt::format("expires in {}", amountText(left));
}

settings::TokenTime tokenClock()
{
    return std::chrono::floor<seconds>(std::chrono::system_clock::now());
}

} // namespace workspace
