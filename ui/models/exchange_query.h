// What the user typed into the filter field, understood: words and tokens that must all fit. A value; pure.
//   plain words   contained in method, path, status, tunnel or error, in any case; "in quotes" with spaces
//   method:post   status:404  status:4xx  status:>=400   path:/hooks/* (or a part of it)   tunnel:shop
//   is:pending  is:error (aborted or 5xx)  is:replay  is:imported  is:ws
//   -term         excludes what fits the term
// A term that makes no sense is left out and told of: it never hides everything.
#pragma once

#include "client/tunnel_status.h"

#include <QCoreApplication>
#include <QString>
#include <QStringMatcher>

#include <optional>
#include <variant>
#include <vector>

namespace ui {

class ExchangeQuery {
    Q_DECLARE_TR_FUNCTIONS(ExchangeQuery)
public:
    ExchangeQuery() = default; // fits everything
    explicit ExchangeQuery(const QString &text);

    [[nodiscard]] bool matches(const client::ExchangeSummary &exchange) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); } // fits everything
    [[nodiscard]] QString fault() const { return m_fault; } // the first thing not understood, in a sentence

private:
    enum class Text : std::uint8_t { Any, Path, Tunnel };
    enum class Trait : std::uint8_t { Pending, Error, Replay, Imported, WebSocket };
    struct Contains {
        Text where;
        QStringMatcher what;
    };
    struct Glob {
        QString pattern; // of the path without its query
    };
    struct Method {
        QString name;
    };
    struct StatusRange {
        unsigned first;
        unsigned last;
    };
    struct Term {
        bool excluded;
        std::variant<Contains, Glob, Method, StatusRange, Trait> test;
    };
    using Test = decltype(Term::test);

    void add(const QString &word, bool quoted);
    [[nodiscard]] std::optional<Test> token(const QString &name, const QString &value);
    [[nodiscard]] std::optional<Test> statusTest(const QString &value);
    [[nodiscard]] std::optional<Test> traitTest(const QString &value);
    void tell(const QString &fault);

    [[nodiscard]] static bool fits(const Test &test, const client::ExchangeSummary &exchange);
    [[nodiscard]] static bool contains(const Contains &test, const client::ExchangeSummary &exchange);
    [[nodiscard]] static bool has(Trait trait, const client::ExchangeSummary &exchange);

    std::vector<Term> m_terms;
    QString m_fault;
};

} // namespace ui
