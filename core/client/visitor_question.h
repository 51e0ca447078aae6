// A visitor who waits for the owner of a tunnel to let it in. A value; crosses threads by copy.
#pragma once

#include <QMetaType>
#include <QString>

namespace client {

struct VisitorQuestion {
    QString tunnel;    // TunnelConfig::id
    QString visitor;   // an address, or the network of an IPv6 one; the key of the answer
    QString userAgent; // as the visitor says, cut; may be empty

    friend bool operator==(const VisitorQuestion &, const VisitorQuestion &) = default;
};

} // namespace client

Q_DECLARE_METATYPE(client::VisitorQuestion)
