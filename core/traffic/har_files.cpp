#include "traffic/har_files.h"

#include "client/exchange_log.h"
#include "settings/run_then.h"
#include "settings/small_file.h"
#include "wire/limits.h"

#include <QFileInfo>

namespace traffic {

namespace {

wire::Result<HarLog> readFile(const QString &path)
{
    if (QFileInfo(path).size() > qint64(wire::kMaxHarFileBytes))
        return std::unexpected(tooLargeHar());
    const auto text = settings::readSmallFile(path, wire::kMaxHarFileBytes);
    if (!text)
        return wire::fail(text.error().code, "Cannot read " + text.error().message + ". Nothing was imported.");
    return readHar(QByteArray::fromRawData(text->data(), qsizetype(text->size())));
}

wire::Result<> writeFile(const QString &path, const QList<HarItem> &items, Redact redact)
{
    const auto log = harLog(items, redact);
    auto saved = settings::saveSmallFile(path, {log.constData(), std::size_t(log.size())});
    if (!saved)
        return wire::fail(saved.error().code, "Nothing was exported: " + saved.error().message +
                                                  ". Choose a folder that you may write to, on a disk with room.");
    return saved;
}

} // namespace

HarFiles::HarFiles(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

void HarFiles::save(const QString &path, QList<HarItem> items, Redact redact, Saved done)
{
    settings::runThen(
        m_pool, this, [path, items = std::move(items), redact] { return writeFile(path, items, redact); },
        [done = std::move(done)](const wire::Result<> &saved) { done(saved); });
}

void HarFiles::load(const QString &path, Loaded done)
{
    settings::runThen(
        m_pool, this, [path] { return readFile(path); },
        [done = std::move(done)](wire::Result<HarLog> log) {
            if (log)
                for (auto &exchange : log->exchanges)
                    exchange.summary.key = client::drawExchangeKey();
            done(std::move(log));
        });
}

} // namespace traffic
