#include "ui/views/code_view.h"

#include "ui/theme/metrics.h"
#include "wire/limits.h"

#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace ui {

namespace {

constexpr int kMarkedMatches = 1000; // as many marks as anyone scrolls through
constexpr QChar kSoftBreak = u'\u2060'; // ends a part of a long line: WORD JOINER, which shows nothing

// QTextDocument lays a line out as a whole; parts of bounded length keep a minified file from taking seconds.
QString withSoftBreaks(const QString &text)
{
    const auto bound = qsizetype(wire::kShownLineChars);
    QString result;
    result.reserve(text.size() + text.size() / bound * 2);
    qsizetype length = 0;
    for (const QChar c : text) {
        if (length >= bound && !c.isLowSurrogate() && c != u'\n') {
            result += kSoftBreak;
            result += u'\n';
            length = 0;
        }
        result += c;
        length = c == u'\n' ? 0 : length + 1;
    }
    return result;
}

} // namespace

CodeView::CodeView(const Theme &theme, QWidget *parent) : QPlainTextEdit(parent), m_theme(theme)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setProperty("kind", QStringLiteral("flat"));
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(kGap);
    adoptTheme();
    connect(&theme, &Theme::changed, this, [this] { adoptTheme(); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { colourVisible(); });
}

void CodeView::adoptTheme()
{
    setFont(m_theme.monospace());
    colourAnew();
    mark();
}

void CodeView::setContent(const QString &text, Syntax syntax)
{
    m_syntax = syntax;
    m_searched.clear();
    m_matches.clear();
    m_current = -1;
    m_faultPosition = -1;
    setExtraSelections({});
    setPlainText(withSoftBreaks(text));
    colourVisible();
}

void CodeView::markFault(int line, int column)
{
    auto block = document()->begin();
    for (int at = 1; at < line && block.isValid(); block = block.next())
        at += block.text().endsWith(kSoftBreak) ? 0 : 1;
    while (block.isValid() && block.text().endsWith(kSoftBreak) && column > block.length()) {
        column -= block.length() - 2; // without the break and the line's end
        block = block.next();
    }
    if (!block.isValid())
        return;
    m_faultPosition = block.position() + std::clamp(column - 1, 0, block.length() - 1);
    QTextCursor cursor(document());
    cursor.setPosition(m_faultPosition);
    setTextCursor(cursor);
    centerCursor();
    mark();
}

int CodeView::findAll(const QString &text)
{
    m_searched = text;
    m_matches.clear();
    m_current = -1;
    const QString all = toPlainText();
    for (auto at = text.isEmpty() ? -1 : all.indexOf(text, 0, Qt::CaseInsensitive);
         at >= 0 && m_matches.size() < kMarkedMatches; at = all.indexOf(text, at + text.size(), Qt::CaseInsensitive))
        m_matches.append(int(at));
    if (m_matches.isEmpty())
        mark();
    else
        goTo(int(std::ranges::lower_bound(m_matches, textCursor().selectionStart()) - m_matches.begin()));
    return int(m_matches.size());
}

void CodeView::findNext(bool backward)
{
    if (!m_matches.isEmpty())
        goTo(m_current + (backward ? -1 : 1));
}

int CodeView::currentMatch() const
{
    return m_current + 1;
}

void CodeView::goTo(int match)
{
    const int count = int(m_matches.size());
    m_current = (match + count) % count;
    QTextCursor cursor(document());
    cursor.setPosition(m_matches.at(m_current));
    cursor.setPosition(m_matches.at(m_current) + int(m_searched.size()), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    mark();
}

void CodeView::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    const auto add = [&](int from, int to, const QColor &background, bool wholeLine) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(from);
        selection.cursor.setPosition(to, QTextCursor::KeepAnchor);
        selection.format.setBackground(background);
        selection.format.setProperty(QTextFormat::FullWidthSelection, wholeLine);
        marks.append(selection);
    };
    if (m_faultPosition >= 0)
        add(m_faultPosition, m_faultPosition, m_theme.colors().dangerSoft, true);
    for (const int match : m_matches)
        add(match, match + int(m_searched.size()), m_theme.colors().warningSoft, false);
    setExtraSelections(marks);
}

// A block's state tells whether it was coloured already: QTextBlock starts with -1.
void CodeView::colourVisible()
{
    if (m_syntax == Syntax::None || !isVisible())
        return;
    auto block = firstVisibleBlock();
    const int lines = viewport()->height() / std::max(1, fontMetrics().height()) + 2;
    for (int i = 0; i < lines && block.isValid(); ++i, block = block.next()) {
        if (block.userState() >= 0)
            continue;
        block.setUserState(1);
        block.layout()->setFormats(colouredParts(block.text(), m_syntax, m_theme.colors()));
        document()->markContentsDirty(block.position(), block.length());
    }
}

void CodeView::colourAnew()
{
    for (auto block = document()->begin(); block.isValid(); block = block.next())
        block.setUserState(-1);
    colourVisible();
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    colourVisible();
}

void CodeView::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    colourVisible();
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        colourVisible();
}

QMimeData *CodeView::createMimeDataFromSelection() const
{
    QString text = textCursor().selectedText(); // lines end with U+2029
    text.remove(QString(kSoftBreak) + QChar(QChar::ParagraphSeparator));
    text.remove(kSoftBreak);
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    auto mime = std::make_unique<QMimeData>();
    mime->setText(text);
    return mime.release();
}

} // namespace ui
