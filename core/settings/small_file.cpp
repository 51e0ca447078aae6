#include "settings/small_file.h"

#include "settings/folders.h"
#include "wire/limits.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <fmt/core.h>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr QFile::Permissions kOwnerFile = QFile::ReadOwner | QFile::WriteOwner;

} // namespace

Result<std::string> readSmallFile(const QString &path, std::size_t most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Code::InvalidRequest, fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()));
    std::string text = file.read(static_cast<qint64>(most) + 1).toStdString();
    if (file.error() != QFile::NoError)
        return fail(Code::InvalidRequest, fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()));
    if (text.size() > most)
        return fail(Code::InvalidRequest, fmt::format("{}: larger than {} KiB", path.toStdString(), most / wire::kKiB));
    return text;
}

Result<std::string> readSmallFileIfAny(const QString &path, std::size_t most)
{
    if (!QFile::exists(path))
        return std::string();
    return readSmallFile(path, most);
}

Result<> saveSmallFile(const QString &path, std::string_view text)
{
    if (auto made = makeOwnerFolder(QFileInfo(path).absolutePath()); !made)
        return made;
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    // Before a byte of it is written.
    const bool opened = file.open(QIODevice::WriteOnly) && file.setPermissions(kOwnerFile);
    if (!opened || file.write(text.data(), size) != size || !file.commit())
        return fail(Code::InternalError,
                    fmt::format("cannot save {}: {}", path.toStdString(), file.errorString().toStdString()));
    return {};
}

} // namespace settings
