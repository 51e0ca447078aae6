#include "discovery/page_answer.h"

#include "discovery/html_title.h"

#include <QByteArrayList>

#include <algorithm>

namespace discovery {

namespace {

constexpr const char *kHeadEnd = "\r\n\r\n";

unsigned statusOf(const QByteArray &startLine)
{
    constexpr qsizetype kDigitsAt = sizeof("HTTP/1.1 ") - 1;
    constexpr qsizetype kDigits = 3;
    bool ok = false;
    const auto status = startLine.mid(kDigitsAt, kDigits).toUInt(&ok);
    return ok && status >= 100 ? status : 0;
}

// Of the first field of this name.
QByteArray fieldOf(const QByteArrayList &lines, QByteArrayView name)
{
    for (const auto &line : lines) {
        const auto colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

QByteArray charsetOf(const QByteArray &contentType)
{
    constexpr QByteArrayView kName = "charset=";
    const auto at = contentType.toLower().indexOf(kName);
    if (at < 0)
        return {};
    auto value = contentType.sliced(at + kName.size());
    if (const auto end = value.indexOf(';'); end >= 0)
        value.truncate(end);
    return value.trimmed().replace('"', "");
}

// The head as far as it came.
struct Head {
    unsigned status = 0; // 0: not HTTP
    QByteArray type;
    QByteArray server;
    qsizetype end = -1; // where the body begins; -1 while it has not come
};

Head parseHead(const QByteArray &received)
{
    Head head;
    const auto end = received.indexOf(kHeadEnd);
    const auto lines = received.first(end < 0 ? received.size() : end).split('\n');
    head.status = received.startsWith("HTTP/1.") ? statusOf(lines.first()) : 0;
    head.type = fieldOf(lines, "content-type");
    head.server = fieldOf(lines, "server");
    head.end = end < 0 ? -1 : end + qsizetype(qstrlen(kHeadEnd));
    return head;
}

// A redirect's page only says where to go.
bool mayHaveTitle(const Head &head)
{
    const bool redirects = head.status >= 300 && head.status < 400;
    return head.end >= 0 && !redirects && (head.type.isEmpty() || head.type.toLower().contains("html"));
}

} // namespace

PageAnswer parsePageAnswer(const QByteArray &received)
{
    const auto head = parseHead(received);
    PageAnswer answer;
    answer.http = head.status != 0;
    answer.status = head.status;
    if (answer.http && mayHaveTitle(head))
        answer.title = htmlTitle(received.sliced(head.end), charsetOf(head.type));
    if (answer.http && answer.title.isEmpty())
        answer.title = shownText(QString::fromLatin1(head.server));
    return answer;
}

bool isAnswerEnough(const QByteArray &received)
{
    constexpr QByteArrayView kStart = "HTTP/";
    if (received.size() >= kStart.size() && !received.startsWith(kStart))
        return true; // whatever it is, it will not become HTTP
    const auto head = parseHead(received);
    return head.end >= 0 && (!mayHaveTitle(head) || received.toLower().indexOf("</title>", head.end) >= 0);
}

bool looksLikeTls(const QByteArray &received)
{
    constexpr char kAlert = 0x15;
    constexpr char kHandshake = 0x16;
    constexpr char kMajorVersion = 0x03;
    return received.size() >= 2 && (received[0] == kAlert || received[0] == kHandshake) && received[1] == kMajorVersion;
}

} // namespace discovery
