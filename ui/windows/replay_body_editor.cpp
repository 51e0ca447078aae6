#include "ui/windows/replay_body_editor.h"

#include "traffic/body_format.h"
#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "ui/windows/replay_highlighter.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBlock>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

// As toPlainText(), which would turn no-break spaces into spaces.
QString editedText(const QPlainTextEdit &edit)
{
    QString text = edit.document()->toRawText();
    return text.replace(QChar::ParagraphSeparator, u'\n');
}

Syntax syntaxOf(traffic::BodyType type)
{
    switch (type) {
    case traffic::BodyType::Json: return Syntax::Json;
    case traffic::BodyType::Xml:
    case traffic::BodyType::Html: return Syntax::Markup;
    default: return Syntax::None;
    }
}

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("kind", QStringLiteral("link"));
    return button;
}

} // namespace

ReplayBodyEditor::ReplayBodyEditor(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_title(new QLabel(tr("Body"), this)),
      m_facts(new QLabel(this)),
      m_keep(linkButton(tr("Keep the recorded bytes"), this)),
      m_format(linkButton(tr("Format JSON"), this)),
      m_loss(new NoticeBar(theme, this)),
      m_fault(new NoticeBar(theme, this)),
      m_stack(new QStackedWidget(this)),
      m_text(new QPlainTextEdit(this)),
      m_colours(new ReplayHighlighter(theme, m_text->document())),
      m_binary(new EmptyState(theme, Glyph::Code, tr("Not text"), {}, this))
{
    build();
    connect(m_text, &QPlainTextEdit::textChanged, this, &ReplayBodyEditor::onTextChanged);
    connect(m_format, &QPushButton::clicked, this, &ReplayBodyEditor::formatJson);
    connect(m_keep, &QPushButton::clicked, this, &ReplayBodyEditor::keepRecorded);
    connect(m_replace, &QPushButton::clicked, this, &ReplayBodyEditor::replaceByText);
    connect(m_accept, &QPushButton::clicked, this, &ReplayBodyEditor::partAccepted);
    connect(&theme, &Theme::changed, this, [this] { m_text->setFont(m_theme.monospace()); });
    setBody({}, {});
}

void ReplayBodyEditor::build()
{
    m_facts->setProperty("kind", QStringLiteral("muted"));
    m_facts->setFont(m_theme.small());
    m_facts->setTextFormat(Qt::PlainText);
    m_format->setToolTip(tr("Indents the JSON; Ctrl+Z brings it back"));
    m_loss->setDismissible(false);
    m_text->setFont(m_theme.monospace());
    m_text->setProperty("kind", QStringLiteral("flat"));
    m_text->setTabChangesFocus(true);
    m_text->setPlaceholderText(tr("No body. Type or paste one to send it."));
    m_text->setAccessibleName(tr("Request body"));
    m_accept = m_loss->addButton({});
    m_replace = m_binary->addButton(tr("Replace by text"));
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_binary);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(kPad, kGrid, kGap, kGrid);
    top->setSpacing(kGap);
    top->addStrut(kControlHeight);
    top->addWidget(m_title);
    top->addWidget(m_facts, 1);
    top->addWidget(m_keep);
    top->addWidget(m_format);
    auto *notices = new QVBoxLayout;
    notices->setContentsMargins(kPad, 0, kPad, 0);
    notices->setSpacing(kGrid);
    notices->addWidget(m_loss);
    notices->addWidget(m_fault);
    auto *layout = paneColumn(this);
    layout->addLayout(top);
    layout->addLayout(notices);
    layout->addWidget(m_stack, 1);
}

void ReplayBodyEditor::setBody(const QByteArray &body, const QByteArray &recorded)
{
    m_recorded = recorded;
    adopt(body);
}

void ReplayBodyEditor::adopt(const QByteArray &body)
{
    const QSignalBlocker quiet(m_text);
    m_bytes = body;
    const auto text = bodyToText(body);
    m_lineEnds = text ? text->lineEnds : LineEnds::Lf;
    m_text->setPlainText(text ? text->text : QString());
    m_shown = editedText(*m_text);
    m_seen = m_shown;
    m_stack->setCurrentWidget(text ? static_cast<QWidget *>(m_text) : m_binary);
    m_fault->clear();
    refresh();
}

QByteArray ReplayBodyEditor::body() const
{
    return isText() && isTouched() ? textToBody(m_seen, m_lineEnds) : m_bytes;
}

bool ReplayBodyEditor::isText() const
{
    return m_stack->currentWidget() == m_text;
}

void ReplayBodyEditor::setContentType(const QString &contentType)
{
    m_contentType = contentType;
    refresh();
}

void ReplayBodyEditor::setLoss(const QString &sentence, const QString &choice)
{
    m_accept->setText(choice);
    m_accept->setHidden(choice.isEmpty());
    if (sentence.isEmpty())
        m_loss->clear();
    else if (sentence != m_loss->text())
        m_loss->tell(choice.isEmpty() ? NoticeBar::Kind::Info : NoticeBar::Kind::Warning, sentence);
}

void ReplayBodyEditor::refresh()
{
    const auto now = body();
    const auto type = traffic::bodyType(m_contentType.toStdString(), now);
    QStringList facts;
    if (!now.isEmpty())
        facts << traffic::bodyTypeName(type) << sizeText(quint64(now.size()));
    if (m_lineEnds == LineEnds::Mixed && isTouched())
        facts << tr("all line ends become LF");
    m_colours->setSyntax(syntaxOf(type));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_format->setVisible(isText());
    m_format->setEnabled(!now.isEmpty());
    m_keep->setVisible(isText() && !bodyToText(m_recorded));
    m_binary->setSentence(tr("These %1 are not text in UTF-8. They are sent as they were recorded.")
                              .arg(sizeText(quint64(m_bytes.size()))));
}

void ReplayBodyEditor::onTextChanged()
{
    const auto text = editedText(*m_text);
    if (std::exchange(m_seen, text) == text)
        return;
    m_fault->clear();
    refresh();
    Q_EMIT edited();
}

void ReplayBodyEditor::replaceByText()
{
    adopt({});
    focusEditor();
    Q_EMIT edited();
}

void ReplayBodyEditor::keepRecorded()
{
    adopt(m_recorded);
    m_replace->setFocus();
    Q_EMIT edited();
}

void ReplayBodyEditor::formatJson()
{
    const auto pretty = traffic::prettyJson(m_seen);
    QTextCursor cursor(m_text->document());
    if (pretty) {
        m_fault->clear();
        if (*pretty == m_seen)
            return;
        cursor.select(QTextCursor::Document);
        cursor.insertText(*pretty); // one step to undo
        return;
    }
    const auto &fault = pretty.error();
    m_fault->tell(NoticeBar::Kind::Warning,
                  tr("Not JSON, line %1, column %2: %3").arg(fault.line).arg(fault.column).arg(fault.sentence));
    const auto block = m_text->document()->findBlockByNumber(fault.line - 1);
    cursor.setPosition(block.position() + qBound(0, fault.column - 1, block.length() - 1));
    m_text->setTextCursor(cursor);
    m_text->setFocus();
}

void ReplayBodyEditor::focusEditor()
{
    if (isText())
        m_text->setFocus();
    else
        m_replace->setFocus();
}

} // namespace ui
