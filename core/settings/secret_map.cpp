#include "settings/secret_map.h"

#include <QStringDecoder>

namespace settings {

seal::SecretMap toBytes(const SecretMap &secrets)
{
    seal::SecretMap bytes;
    for (auto it = secrets.begin(); it != secrets.end(); ++it)
        bytes.emplace(it.key().toStdString(), it->reveal().toStdString());
    return bytes;
}

wire::Result<SecretMap> fromBytes(const seal::SecretMap &secrets)
{
    SecretMap read;
    for (const auto &[account, secret] : secrets) {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString name = decoder.decode(QByteArrayView(account.data(), qsizetype(account.size())));
        if (decoder.hasError())
            return wire::fail(wire::Code::InvalidRequest, "saved secrets: an account is no text");
        read.insert(name, Secret(QByteArray::fromStdString(secret)));
    }
    return read;
}

} // namespace settings
