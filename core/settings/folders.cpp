#include "settings/folders.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <fmt/core.h>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr QFile::Permissions kOwnerFolder = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

} // namespace

QString programFolder(const char *own, const char *base, const QString &fallback)
{
    if (const QString folder = qEnvironmentVariable(own); !folder.isEmpty())
        return folder;
    const QString folder = qEnvironmentVariable(base);
    // The XDG base directory specification says to ignore relative paths.
    const QString root = QDir::isAbsolutePath(folder) ? folder : QDir::homePath() + u'/' + fallback;
    return root + QStringLiteral("/http-tunnel");
}

Result<> makeOwnerFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return {};
    if (!QDir().mkpath(QFileInfo(folder).path()) || !QDir().mkdir(folder, kOwnerFolder))
        return fail(Code::InternalError,
                    fmt::format("cannot create the folder {}: check who may write above it", folder.toStdString()));
    return {};
}

} // namespace settings
