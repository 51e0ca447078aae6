#include "ui/views/syntax.h"

#include <algorithm>

namespace ui {

namespace {

// Walks over one line and notes coloured parts.
class Painter {
public:
    Painter(const QString &line, const Colors &colors) : m_line(line), m_colors(colors) {}

    QList<QTextLayout::FormatRange> json();
    QList<QTextLayout::FormatRange> form();
    QList<QTextLayout::FormatRange> markup();

private:
    void add(qsizetype from, qsizetype to, const QColor &color)
    {
        QTextLayout::FormatRange range;
        range.start = int(from);
        range.length = int(to - from);
        range.format.setForeground(color);
        m_parts.append(range);
    }
    [[nodiscard]] QChar at(qsizetype i) const { return i < m_line.size() ? m_line[i] : QChar(); }
    // Past the closing quote of the string that begins at i.
    [[nodiscard]] qsizetype stringEnd(qsizetype i) const;
    template <class Predicate>
    [[nodiscard]] qsizetype spanEnd(qsizetype i, Predicate belongs) const
    {
        while (i < m_line.size() && belongs(m_line[i]))
            ++i;
        return i;
    }
    [[nodiscard]] bool colonFollows(qsizetype i) const
    {
        return at(spanEnd(i, [](QChar c) { return c.isSpace(); })) == u':';
    }
    qsizetype tag(qsizetype i);

    const QString &m_line;
    const Colors &m_colors;
    QList<QTextLayout::FormatRange> m_parts;
};

qsizetype Painter::stringEnd(qsizetype i) const
{
    const QChar quote = m_line[i];
    for (++i; i < m_line.size(); ++i) {
        if (m_line[i] == u'\\')
            ++i;
        else if (m_line[i] == quote)
            return i + 1;
    }
    return m_line.size();
}

QList<QTextLayout::FormatRange> Painter::json()
{
    for (qsizetype i = 0; i < m_line.size();) {
        const QChar c = m_line[i];
        if (c == u'"') {
            const auto end = std::min(stringEnd(i), m_line.size());
            add(i, end, colonFollows(end) ? m_colors.key : m_colors.string);
            i = end;
        } else if (c == u'-' || c.isDigit()) {
            const auto end =
                spanEnd(i, [](QChar d) { return d.isLetterOrNumber() || QStringView(u"+-.").contains(d); });
            add(i, end, m_colors.number);
            i = end;
        } else if (c.isLetter()) {
            const auto end = spanEnd(i, [](QChar d) { return d.isLetter(); });
            add(i, end, m_colors.keyword);
            i = end;
        } else {
            ++i;
        }
    }
    return m_parts;
}

QList<QTextLayout::FormatRange> Painter::form()
{
    const auto colon = m_line.indexOf(u':');
    if (colon > 0) {
        add(0, colon, m_colors.key);
        add(colon + 1, m_line.size(), m_colors.string);
    }
    return m_parts;
}

// From '<' to past '>': the name, then attribute names and quoted values.
qsizetype Painter::tag(qsizetype i)
{
    const auto isName = [](QChar c) { return c.isLetterOrNumber() || QStringView(u"-_:.!?/").contains(c); };
    auto end = spanEnd(i + 1, isName);
    add(i, end, m_colors.keyword);
    for (i = end; i < m_line.size() && m_line[i] != u'>';) {
        if (m_line[i] == u'"' || m_line[i] == u'\'') {
            end = std::min(stringEnd(i), m_line.size());
            add(i, end, m_colors.string);
        } else if (isName(m_line[i])) {
            end = spanEnd(i, isName);
            add(i, end, m_colors.key);
        } else {
            end = i + 1;
        }
        i = end;
    }
    if (i < m_line.size())
        add(i, i + 1, m_colors.keyword);
    return std::min(i + 1, m_line.size());
}

QList<QTextLayout::FormatRange> Painter::markup()
{
    for (auto i = m_line.indexOf(u'<'); i >= 0 && i < m_line.size(); i = m_line.indexOf(u'<', i)) {
        if (m_line.mid(i, 4) == u"<!--") {
            const auto close = m_line.indexOf(u"-->", i);
            const auto end = close < 0 ? m_line.size() : close + 3;
            add(i, end, m_colors.muted);
            i = end;
        } else if (at(i + 1).isSpace() || at(i + 1).isNull()) {
            ++i; // a lone '<'
        } else {
            i = tag(i);
        }
    }
    return m_parts;
}

} // namespace

QList<QTextLayout::FormatRange> colouredParts(const QString &line, Syntax syntax, const Colors &colors)
{
    Painter painter(line, colors);
    switch (syntax) {
    case Syntax::None: return {};
    case Syntax::Json: return painter.json();
    case Syntax::Form: return painter.form();
    case Syntax::Markup: return painter.markup();
    }
    return {};
}

} // namespace ui
