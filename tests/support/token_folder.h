// A folder of its own with one file, which holds a token.
#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace support {

class TokenFolder {
public:
    // Writes it anew; its path.
    [[nodiscard]] QString write(const QByteArray &text,
                                QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner) const
    {
        QFile file(filePath(QStringLiteral("token")));
        file.remove();
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write a token");
        file.setPermissions(permissions);
        return file.fileName();
    }
    [[nodiscard]] QString filePath(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

} // namespace support
