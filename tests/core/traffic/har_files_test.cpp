#include "core/traffic/har_samples.h"
#include "traffic/har_files.h"
#include "wire/limits.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using traffic::HarFiles;
using traffic::HarLog;

namespace {

const QString kUrl = QStringLiteral("http://h/hooks/a?livemode=false");

struct Bench {
    QTemporaryDir folder;
    HarFiles files;
    std::optional<wire::Result<>> saved;
    std::optional<wire::Result<HarLog>> loaded;

    void save(const QString &path, QList<traffic::HarItem> items)
    {
        saved.reset();
        files.save(path, std::move(items), traffic::Redact::Secrets, [this](const auto &result) { saved = result; });
        QVERIFY(!saved); // never at once: it is another thread's work
        QTRY_VERIFY(saved);
    }
    void load(const QString &path)
    {
        loaded.reset();
        files.load(path, [this](auto log) { loaded = std::move(log); });
        QVERIFY(!loaded);
        QTRY_VERIFY(loaded);
    }
    [[nodiscard]] std::string refusal() const { return loaded && !*loaded ? loaded->error().message : std::string(); }
};

bool has(const std::string &text, const char *part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class HarFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasSavedIsLoaded()
    {
        Bench bench;
        const auto path = bench.folder.filePath(QStringLiteral("a.har"));
        bench.save(path, {{samples::exchange(), kUrl}, {samples::exchange(), kUrl}});
        QVERIFY(*bench.saved);
        QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        bench.load(path);
        QVERIFY(*bench.loaded);
        const auto &exchanges = (*bench.loaded)->exchanges;
        QCOMPARE(exchanges.size(), std::size_t(2));
        QVERIFY(exchanges[0].summary.key > 0 && exchanges[0].summary.key < exchanges[1].summary.key);
    }

    void whatCannotBeWrittenIsSaid()
    {
        Bench bench;
        const auto taken = bench.folder.filePath(QStringLiteral("folder"));
        QVERIFY(QDir(bench.folder.path()).mkdir(QStringLiteral("folder")));
        bench.save(taken, {});
        QVERIFY(!*bench.saved);
        QVERIFY2(has(bench.saved->error().message, "Nothing was exported"), bench.saved->error().message.c_str());
        QVERIFY(has(bench.saved->error().message, "Choose a folder"));
    }

    void whatCannotBeReadIsSaid()
    {
        Bench bench;
        bench.load(bench.folder.filePath(QStringLiteral("missing.har")));
        QVERIFY2(has(bench.refusal(), "missing.har"), bench.refusal().c_str());
        QVERIFY(has(bench.refusal(), "Nothing was imported"));

        QFile file(bench.folder.filePath(QStringLiteral("large.har")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64(wire::kMaxHarFileBytes) + 1)); // sparse
        bench.load(file.fileName());
        QVERIFY2(has(bench.refusal(), "larger than 64 MiB"), bench.refusal().c_str());
    }

    void whoIsGoneHearsNothing()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("a.har"));
        bool told = false;
        {
            HarFiles files;
            files.save(path, {{samples::exchange(), kUrl}}, traffic::Redact::Secrets,
                       [&](const auto &) { told = true; });
        }
        QVERIFY(QFile::exists(path)); // what was begun ends
        QCoreApplication::processEvents();
        QVERIFY(!told);
    }
};

QTEST_GUILESS_MAIN(HarFilesTest)
#include "har_files_test.moc"
