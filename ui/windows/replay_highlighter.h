// Colours a body while it is edited, line by line, as CodeView colours one that is read. Owned by the document it
// colours; GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/views/syntax.h"

#include <QSyntaxHighlighter>

namespace ui {

class ReplayHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    ReplayHighlighter(const Theme &theme, QTextDocument *document);

    void setSyntax(Syntax syntax);
    [[nodiscard]] Syntax syntax() const { return m_syntax; }

protected:
    void highlightBlock(const QString &line) override;

private:
    const Theme &m_theme;
    Syntax m_syntax = Syntax::None;
};

} // namespace ui
