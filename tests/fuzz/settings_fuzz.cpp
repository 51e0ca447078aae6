// The files of ttf and http-tunnel. First byte: 0 tunnels.toml, 1 settings.toml, 2 state.json. What is accepted must come
// back the same when it is written again.
#include "fuzz/fuzz.h"
#include "settings/app_state.h"
#include "settings/preferences.h"
#include "settings/tunnels_document.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace {

const QString kTunnelsFile = QStringLiteral("/nowhere/tunnels.toml");

void tryTunnels(std::string_view text)
{
    const auto document = settings::TunnelsDocument::parse(text, kTunnelsFile);
    if (!document) {
        fuzz::demand(!document.error().message.empty(), "a mistake is told");
        return;
    }
    auto changed = *document;
    for (qsizetype i = 0; i < changed.entries().size(); ++i)
        changed.replace(i, changed.entries()[i]);
    const auto again = settings::TunnelsDocument::parse(changed.text(), kTunnelsFile);
    fuzz::demand(again.has_value(), "what was written can be read");
    fuzz::demand(again->entries() == document->entries(), "tunnels stay what they are");
}

// In memory where there is such a folder: a run writes thousands of files.
class Folder {
public:
    Folder() : m_folder(QDir(QStringLiteral("/dev/shm")).exists() ? QStringLiteral("/dev/shm/fuzz-XXXXXX") : QString())
    {
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    void write(const QString &name, std::string_view text) const
    {
        QFile file(m_folder.filePath(name));
        fuzz::demand(file.open(QIODevice::WriteOnly), "the temporary folder can be written");
        file.write(text.data(), static_cast<qint64>(text.size()));
    }

private:
    QTemporaryDir m_folder;
};

void tryPreferences(const Folder &folder, std::string_view text)
{
    folder.write(QStringLiteral("settings.toml"), text);
    const settings::PreferencesFile file(folder.path());
    const auto loaded = file.load();
    if (!loaded)
        return;
    fuzz::demand(file.save(*loaded).has_value(), "what was loaded can be saved");
    const auto again = file.load();
    fuzz::demand(again && *again == *loaded, "preferences stay what they are");
}

void tryState(const Folder &folder, std::string_view text)
{
    folder.write(QStringLiteral("state.json"), text);
    const settings::AppStateFile file(folder.path());
    const auto loaded = file.load();
    if (!loaded)
        return;
    fuzz::demand(file.update([](settings::AppState &) {}).has_value(), "what was loaded can be saved");
    fuzz::demand(file.load().has_value(), "and loaded again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Folder folder;
    if (size == 0)
        return 0;
    const auto text = fuzz::textOf(data + 1, size - 1);
    if (data[0] % 3 == 0)
        tryTunnels(text);
    else if (data[0] % 3 == 1)
        tryPreferences(folder, text);
    else
        tryState(folder, text);
    return 0;
}
