// A text that must not leak: it prints as ***, and is reachable only by reveal(). A value.
#pragma once

#include <QByteArray>

namespace settings {

class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray text) : m_text(std::move(text)) {}
    [[nodiscard]] const QByteArray &reveal() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    friend bool operator==(const Secret &, const Secret &) = default;

private:
    QByteArray m_text;
};

} // namespace settings
