#include "ui/windows/replay_highlighter.h"

#include "wire/limits.h"

namespace ui {

ReplayHighlighter::ReplayHighlighter(const Theme &theme, QTextDocument *document)
    : QSyntaxHighlighter(document), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &ReplayHighlighter::rehighlight);
}

void ReplayHighlighter::setSyntax(Syntax syntax)
{
    if (syntax == m_syntax)
        return;
    m_syntax = syntax;
    rehighlight();
}

void ReplayHighlighter::highlightBlock(const QString &line)
{
    if (line.size() > qsizetype(wire::kShownLineChars))
        return; // a minified file: nobody reads it, and it would take seconds
    const auto parts = colouredParts(line, m_syntax, m_theme.colors());
    for (const auto &part : parts)
        setFormat(part.start, part.length, part.format);
}

} // namespace ui
