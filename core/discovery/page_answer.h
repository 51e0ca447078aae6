// What a service said when it was asked for its page. Pure; any thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace discovery {

struct PageAnswer {
    bool http = false;
    unsigned status = 0;
    QString title; // of the page unless it redirects, else the Server field; may be empty
};

// The beginning of an answer, as far as it came. Anything that does not begin as HTTP/1 is no HTTP.
[[nodiscard]] PageAnswer parsePageAnswer(const QByteArray &received);

// Whether nothing that may still come would change what is wanted of it.
[[nodiscard]] bool isAnswerEnough(const QByteArray &received);

// A TLS record (RFC 8446 5.1): the alert that a TLS service answers plain text with.
[[nodiscard]] bool looksLikeTls(const QByteArray &received);

} // namespace discovery
