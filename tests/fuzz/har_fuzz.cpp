// A HAR file that somebody sends us. What is accepted must be written by us and come back the same.
#include "fuzz/fuzz.h"
#include "traffic/har_reader.h"
#include "traffic/har_writer.h"

#include <QByteArray>

namespace {

void demandSound(const traffic::Exchange &exchange)
{
    const auto &summary = exchange.summary;
    fuzz::demand(summary.origin == client::ExchangeOrigin::Import && summary.key == 0, "it is marked as imported");
    fuzz::demand(exchange.request && wire::checkHead(*exchange.request).has_value(), "there is a request to show");
    fuzz::demand(!exchange.response || wire::checkHead(*exchange.response).has_value(), "an answer has a head");
    fuzz::demand(summary.started.isValid() && summary.firstByteUs <= summary.durationUs, "times make sense");
    fuzz::demand(summary.state != client::ExchangeState::Pending, "nothing of it goes on");
}

void demandSame(const traffic::Exchange &first, const traffic::Exchange &second)
{
    fuzz::demand(*first.request == *second.request, "a request comes back");
    fuzz::demand(first.requestBody == second.requestBody, "its body comes back");
    fuzz::demand(first.summary.importedUrl == second.summary.importedUrl, "its URL comes back");
    fuzz::demand(first.summary.durationUs == second.summary.durationUs, "its time comes back");
    fuzz::demand(bool(first.response) == bool(second.response), "an answer comes back");
    if (!first.response || wire::findHeader(first.response->headers, "content-encoding"))
        return; // what is decoded is another body
    fuzz::demand(first.response->headers == second.response->headers, "fields of the answer come back");
    fuzz::demand(first.responseBody == second.responseBody, "the body of the answer comes back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::textOf(data, size);
    const auto log = traffic::readHar(QByteArray(bytes.data(), qsizetype(bytes.size())));
    if (!log) {
        fuzz::demand(log.error().message.find("Nothing was imported") != std::string::npos, "a refusal says so");
        return 0;
    }
    fuzz::demand((log->leftOut == 0) == log->leftOutWhy.empty(), "what is left out has a reason");
    QList<traffic::HarItem> items;
    for (const auto &exchange : log->exchanges) {
        demandSound(exchange);
        items += {exchange, exchange.summary.importedUrl};
    }
    const auto again = traffic::readHar(traffic::harLog(items, traffic::Redact::Nothing));
    fuzz::demand(again && again->exchanges.size() == log->exchanges.size(), "what was written can be read");
    for (std::size_t i = 0; i < again->exchanges.size(); ++i)
        demandSame(log->exchanges[i], again->exchanges[i]);
    fuzz::demand(traffic::readHar(traffic::harLog(items)).has_value(), "so it can without secrets");
    return 0;
}
