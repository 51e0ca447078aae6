#include "traffic/json_pretty.h"

#include "wire/limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <vector>

namespace traffic {

namespace {

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

// Reads and writes in one pass, with a stack of its own instead of recursion.
class JsonIndenter {
    Q_DECLARE_TR_FUNCTIONS(traffic::JsonIndenter)
public:
    explicit JsonIndenter(QStringView text) : m_text(text) { m_out.reserve(text.size() * 2); }

    bool run();
    [[nodiscard]] QString takeOutput() { return std::move(m_out); }
    [[nodiscard]] JsonFault fault() const;
    [[nodiscard]] bool brokeOff() const { return m_brokeOff; }

private:
    [[nodiscard]] char16_t peek() const { return m_at < m_text.size() ? m_text[m_at].unicode() : u'\0'; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    bool fail(const QString &sentence) { return failAt(m_at, sentence); }
    bool failAt(qsizetype at, const QString &sentence);
    bool failAtEnd();
    void skipBlanks();
    void copyTo(qsizetype end);
    void newLine();
    bool value();
    bool open();
    bool element();
    bool name();
    bool afterValue();
    bool string();
    bool escape(qsizetype &at);
    bool number();
    bool digits(qsizetype &at);
    bool literal();

    QStringView m_text;
    QString m_out;
    std::vector<char16_t> m_closers; // of what is open
    qsizetype m_at = 0;
    qsizetype m_faultAt = 0;
    QString m_sentence;
    bool m_elementDue = false;
    bool m_brokeOff = false; // the text ended where more was due
};

bool JsonIndenter::run()
{
    if (peek() == u'\ufeff')
        ++m_at;
    skipBlanks();
    if (atEnd())
        return failAtEnd();
    if (!value())
        return false;
    while (!m_closers.empty())
        if (!(m_elementDue ? element() : afterValue()))
            return false;
    skipBlanks();
    return atEnd() || fail(tr("There is more text after the end of the JSON value."));
}

JsonFault JsonIndenter::fault() const
{
    const auto before = m_text.first(m_faultAt);
    const auto lineStart = before.lastIndexOf(u'\n') + 1;
    return {int(before.count(u'\n')) + 1, int(m_faultAt - lineStart) + 1, m_sentence};
}

bool JsonIndenter::failAt(qsizetype at, const QString &sentence)
{
    m_faultAt = at;
    m_sentence = sentence;
    return false;
}

bool JsonIndenter::failAtEnd()
{
    m_brokeOff = true;
    return failAt(m_text.size(), m_closers.empty() && m_out.isEmpty()
                                     ? tr("There is no JSON value.")
                                     : tr("The text ends before the JSON value does."));
}

void JsonIndenter::skipBlanks()
{
    while (peek() == u' ' || peek() == u'\n' || peek() == u'\r' || peek() == u'\t')
        ++m_at;
}

void JsonIndenter::copyTo(qsizetype end)
{
    m_out += m_text.sliced(m_at, end - m_at);
    m_at = end;
}

void JsonIndenter::newLine()
{
    m_out += u'\n';
    m_out.resize(m_out.size() + 2 * qsizetype(std::min(m_closers.size(), wire::kMaxIndentLevels)), u' ');
}

bool JsonIndenter::value()
{
    const auto c = peek();
    if (c == u'{' || c == u'[')
        return open();
    if (c == u'"')
        return string();
    if (c == u'-' || isDigit(c))
        return number();
    return literal();
}

// Into an object or array; its first element is due unless it is empty.
bool JsonIndenter::open()
{
    if (m_closers.size() == wire::kMaxJsonDepth)
        return fail(tr("Nested deeper than %1 levels.").arg(wire::kMaxJsonDepth));
    m_closers.push_back(peek() == u'{' ? u'}' : u']');
    copyTo(m_at + 1);
    skipBlanks();
    if (peek() == m_closers.back()) {
        m_closers.pop_back();
        copyTo(m_at + 1); // on the same line
        return true;
    }
    newLine();
    m_elementDue = true;
    return true;
}

bool JsonIndenter::element()
{
    m_elementDue = false;
    if (m_closers.back() == u'}' && !name())
        return false;
    return atEnd() ? failAtEnd() : value();
}

bool JsonIndenter::name()
{
    if (atEnd())
        return failAtEnd();
    if (peek() != u'"')
        return fail(tr("Expected a name in double quotes."));
    if (!string())
        return false;
    skipBlanks();
    if (atEnd())
        return failAtEnd();
    if (peek() != u':')
        return fail(tr("Expected “:” after the name."));
    m_out += QLatin1String(": ");
    ++m_at;
    skipBlanks();
    return true;
}

bool JsonIndenter::afterValue()
{
    const auto closer = m_closers.back();
    skipBlanks();
    if (atEnd())
        return failAtEnd();
    if (peek() == closer) {
        m_closers.pop_back();
        newLine();
        copyTo(m_at + 1);
        return true;
    }
    if (peek() != u',')
        return fail(tr("Expected “,” or “%1”.").arg(QChar(closer)));
    copyTo(m_at + 1);
    skipBlanks();
    if (peek() == closer)
        return fail(tr("A “,” before “%1” is not allowed.").arg(QChar(closer)));
    newLine();
    m_elementDue = true;
    return true;
}

bool JsonIndenter::string()
{
    for (auto at = m_at + 1; at < m_text.size();) {
        const auto c = m_text[at].unicode();
        if (c == u'"') {
            copyTo(at + 1);
            return true;
        }
        if (c < 0x20)
            return failAt(at, tr("A line break or control character in a string must be written as an escape."));
        if (c == u'\\') {
            if (!escape(at))
                return false;
        } else {
            ++at;
        }
    }
    m_brokeOff = true;
    return fail(tr("The closing quote of this string is missing."));
}

bool JsonIndenter::escape(qsizetype &at)
{
    constexpr QStringView kShort = u"\"\\/bfnrt";
    constexpr qsizetype kHexDigits = 4;
    const auto start = at++;
    if (at == m_text.size())
        return true; // string() tells
    if (kShort.contains(m_text[at])) {
        ++at;
        return true;
    }
    if (m_text[at] != u'u')
        return failAt(start, tr("“\\%1” is not an escape that JSON knows.").arg(m_text[at]));
    ++at;
    for (const auto end = at + kHexDigits; at < end && at < m_text.size(); ++at)
        if (!isHexDigit(m_text[at].unicode()))
            return failAt(start, tr("“\\u” needs four hexadecimal digits."));
    return true;
}

bool JsonIndenter::digits(qsizetype &at)
{
    const auto start = at;
    while (at < m_text.size() && isDigit(m_text[at].unicode()))
        ++at;
    m_brokeOff = at == start && at == m_text.size();
    return at > start || failAt(at, tr("A digit is missing in this number."));
}

bool JsonIndenter::number()
{
    const auto charAt = [this](qsizetype at) { return at < m_text.size() ? m_text[at].unicode() : u'\0'; };
    auto at = m_at + (peek() == u'-' ? 1 : 0);
    if (charAt(at) == u'0' && isDigit(charAt(at + 1)))
        return failAt(at, tr("A number must not begin with 0."));
    if (!digits(at))
        return false;
    if (charAt(at) == u'.') {
        ++at;
        if (!digits(at))
            return false;
    }
    if (charAt(at) == u'e' || charAt(at) == u'E') {
        ++at;
        at += charAt(at) == u'+' || charAt(at) == u'-' ? 1 : 0;
        if (!digits(at))
            return false;
    }
    copyTo(at);
    return true;
}

bool JsonIndenter::literal()
{
    constexpr std::array<QStringView, 3> kLiterals{u"true", u"false", u"null"};
    const auto rest = m_text.sliced(m_at);
    for (const auto word : kLiterals) {
        if (rest.startsWith(word)) {
            copyTo(m_at + word.size());
            return true;
        }
        m_brokeOff |= !rest.isEmpty() && word.startsWith(rest);
    }
    return fail(peek() == u'\'' ? tr("A string stands in double quotes in JSON.")
                                : tr("Expected a value: a string in double quotes, a number, true, false, null, “{” "
                                     "or “[”."));
}

} // namespace

std::expected<QString, JsonFault> prettyJson(const QString &text)
{
    JsonIndenter indenter(text);
    if (!indenter.run())
        return std::unexpected(indenter.fault());
    return indenter.takeOutput();
}

bool isJsonBeginning(const QString &text)
{
    const auto start = std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); });
    if (start == text.end() || (*start != u'{' && *start != u'['))
        return false;
    JsonIndenter indenter(text);
    return indenter.run() || indenter.brokeOff();
}

} // namespace traffic
