// What the user types into the filter of the traffic view: the query, a NUL, and the path of a request it is tried on.
#include "fuzz/fuzz.h"
#include "ui/models/exchange_query.h"

#include <QByteArray>

namespace {

client::ExchangeSummary exchangeOf(std::string_view bytes)
{
    client::ExchangeSummary exchange;
    exchange.method = QStringLiteral("GET");
    exchange.target = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    exchange.tunnelName = QStringLiteral("shop");
    exchange.state = client::ExchangeState::Done;
    exchange.status = 200 + static_cast<unsigned>(bytes.size() % 400);
    exchange.upgrade = bytes.size() % 7 == 0 ? QStringLiteral("websocket") : QString();
    return exchange;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto input = fuzz::textOf(data, size);
    const auto end = std::min(input.find('\0'), input.size());
    const auto text = QString::fromUtf8(input.data(), static_cast<qsizetype>(end));
    const auto exchange = exchangeOf(input.substr(std::min(end + 1, input.size())));
    const ui::ExchangeQuery query(text);
    const bool fits = query.matches(exchange);
    fuzz::demand(!query.isEmpty() || fits, "a filter of nothing hides nothing");
    fuzz::demand(ui::ExchangeQuery(QStringLiteral("  ") + text).matches(exchange) == fits || text.contains(u'"'),
                 "spaces around it mean nothing");
    fuzz::demand(query.fault().isEmpty() || query.fault().size() < 2 * text.size() + 400, "a fault is a sentence");
    return 0;
}
