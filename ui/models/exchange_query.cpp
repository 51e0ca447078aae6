#include "ui/models/exchange_query.h"

#include "ui/text/status_text.h"

#include <algorithm>

namespace ui {

namespace {

constexpr unsigned kLastStatus = 999;

QStringMatcher matcher(const QString &text)
{
    return QStringMatcher(text, Qt::CaseInsensitive);
}

// '*' stands for any characters, '/' included.
bool globFits(QStringView pattern, QStringView text)
{
    qsizetype star = -1;
    qsizetype resume = 0;
    qsizetype p = 0;
    for (qsizetype t = 0; t < text.size();) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p].toCaseFolded() == text[t].toCaseFolded()) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return std::ranges::all_of(pattern.mid(p), [](QChar c) { return c == u'*'; });
}

QStringView pathOf(const QString &target)
{
    const auto query = target.indexOf(u'?');
    return QStringView(target).left(query < 0 ? target.size() : query);
}

QString errorWord(const client::ExchangeSummary &exchange)
{
    const auto name = wire::codeName(exchange.error.code);
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

struct Word {
    QString text;
    bool quoted = false;
};

// Split at spaces, but not within double quotes; a quote that is not closed yet reaches to the end.
std::vector<Word> wordsOf(const QString &text)
{
    std::vector<Word> words;
    Word word;
    bool inside = false;
    for (const QChar c : text) {
        if (c == u'"') {
            inside = !inside;
            word.quoted = true;
        } else if (c.isSpace() && !inside) {
            words.push_back(std::exchange(word, {}));
        } else {
            word.text += c;
        }
    }
    words.push_back(word);
    std::erase_if(words, [](const Word &w) { return w.text.isEmpty(); });
    return words;
}

} // namespace

ExchangeQuery::ExchangeQuery(const QString &text)
{
    for (const auto &word : wordsOf(text))
        add(word.text, word.quoted);
}

void ExchangeQuery::add(const QString &word, bool quoted)
{
    const bool excluded = word.startsWith(u'-') && word.size() > 1;
    const QString term = excluded ? word.mid(1) : word;
    if (term == u"-")
        return; // the beginning of an exclusion
    const auto colon = term.indexOf(u':');
    const QString name = colon < 0 ? QString() : term.left(colon).toLower();
    static constexpr std::array kTokens{u"method", u"status", u"path", u"tunnel", u"is"};
    if (std::ranges::none_of(kTokens, [&](const auto *token) { return name == QStringView(token); }) ||
        (quoted && colon < 0)) {
        m_terms.push_back({excluded, Contains{Text::Any, matcher(term)}});
        return;
    }
    if (auto test = token(name, term.mid(colon + 1)))
        m_terms.push_back({excluded, std::move(*test)});
}

std::optional<ExchangeQuery::Test> ExchangeQuery::token(const QString &name, const QString &value)
{
    if (value.isEmpty()) {
        tell(tr("%1: needs a value, for example %2.")
                 .arg(name, name == u"method"   ? QStringLiteral("method:POST")
                            : name == u"status" ? QStringLiteral("status:4xx")
                            : name == u"path"   ? QStringLiteral("path:/hooks/*")
                            : name == u"tunnel" ? QStringLiteral("tunnel:shop")
                                                : QStringLiteral("is:error")));
        return {};
    }
    if (name == u"method")
        return Method{value};
    if (name == u"status")
        return statusTest(value);
    if (name == u"is")
        return traitTest(value);
    if (name == u"path" && value.contains(u'*'))
        return Glob{value};
    return Contains{name == u"path" ? Text::Path : Text::Tunnel, matcher(value)};
}

std::optional<ExchangeQuery::Test> ExchangeQuery::statusTest(const QString &value)
{
    const bool klass = value.size() == 3 && value.endsWith(u"xx", Qt::CaseInsensitive) && value[0].isDigit();
    if (klass) {
        const auto first = unsigned(value[0].digitValue()) * 100;
        return StatusRange{first, first + 99};
    }
    const auto digits = std::ranges::find_if(value, [](QChar c) { return c.isDigit(); }) - value.begin();
    const QString sign = value.left(digits);
    bool number = false;
    const auto status = value.mid(digits).toUInt(&number);
    if (number && status > 0 && status <= kLastStatus) {
        if (sign.isEmpty() || sign == u"=")
            return StatusRange{status, status};
        if (sign == u">=")
            return StatusRange{status, kLastStatus};
        if (sign == u">")
            return StatusRange{status + 1, kLastStatus};
        if (sign == u"<=")
            return StatusRange{1, status};
        if (sign == u"<")
            return StatusRange{1, status - 1};
    }
    tell(tr("“status:%1” is not understood. Write status:404, status:4xx or status:>=400.").arg(value));
    return {};
}

std::optional<ExchangeQuery::Test> ExchangeQuery::traitTest(const QString &value)
{
    const auto word = value.toLower();
    if (word == u"pending")
        return Trait::Pending;
    if (word == u"error")
        return Trait::Error;
    if (word == u"replay")
        return Trait::Replay;
    if (word == u"imported")
        return Trait::Imported;
    if (word == u"ws")
        return Trait::WebSocket;
    tell(tr("“is:%1” is not understood. There are is:pending, is:error, is:replay, is:imported and is:ws.").arg(value));
    return {};
}

void ExchangeQuery::tell(const QString &fault)
{
    if (m_fault.isEmpty())
        m_fault = fault;
}

bool ExchangeQuery::matches(const client::ExchangeSummary &exchange) const
{
    return std::ranges::all_of(m_terms, [&](const Term &term) { return fits(term.test, exchange) != term.excluded; });
}

bool ExchangeQuery::fits(const Test &test, const client::ExchangeSummary &exchange)
{
    if (const auto *text = std::get_if<Contains>(&test))
        return contains(*text, exchange);
    if (const auto *glob = std::get_if<Glob>(&test))
        return globFits(glob->pattern, pathOf(exchange.target));
    if (const auto *method = std::get_if<Method>(&test))
        return exchange.method.compare(method->name, Qt::CaseInsensitive) == 0;
    if (const auto *range = std::get_if<StatusRange>(&test))
        return exchange.status >= range->first && exchange.status <= range->last;
    return has(std::get<Trait>(test), exchange);
}

bool ExchangeQuery::contains(const Contains &test, const client::ExchangeSummary &exchange)
{
    const auto &what = test.what;
    if (test.where == Text::Path)
        return what.indexIn(exchange.target) >= 0;
    if (test.where == Text::Tunnel)
        return what.indexIn(exchange.tunnelName) >= 0;
    if (what.indexIn(exchange.target) >= 0 || what.indexIn(exchange.method) >= 0 ||
        what.indexIn(exchange.tunnelName) >= 0)
        return true;
    if (exchange.status != 0 && what.indexIn(QString::number(exchange.status)) >= 0)
        return true;
    return exchange.state == client::ExchangeState::Aborted && what.indexIn(errorWord(exchange)) >= 0;
}

bool ExchangeQuery::has(Trait trait, const client::ExchangeSummary &exchange)
{
    switch (trait) {
    case Trait::Pending: return exchange.state == client::ExchangeState::Pending;
    case Trait::Error: return hasFailed(exchange);
    case Trait::Replay: return exchange.origin == client::ExchangeOrigin::Replay;
    case Trait::Imported: return exchange.origin == client::ExchangeOrigin::Import;
    case Trait::WebSocket: return exchange.upgrade.compare(u"websocket", Qt::CaseInsensitive) == 0;
    }
    return false;
}

} // namespace ui
