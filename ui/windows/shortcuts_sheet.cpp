#include "ui/windows/shortcuts_sheet.h"

#include "ui/theme/metrics.h"
#include "ui/views/labels.h"

#include <QApplication>
#include <QFrame>
#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kShade = 110; // alpha of what lies behind

QString keys(const QKeySequence &sequence)
{
    return sequence.toString(QKeySequence::NativeText);
}

} // namespace

ShortcutsSheet::ShortcutsSheet(const Theme &theme, QWidget *window)
    : QWidget(window), m_theme(theme), m_card(new QFrame(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keyboard shortcuts"));
    build();
    window->installEventFilter(this);
    hide();
}

void ShortcutsSheet::build()
{
    m_card->setProperty("kind", QStringLiteral("card"));
    auto *title = new QLabel(tr("Keyboard shortcuts"), m_card);
    title->setFont(m_theme.heading());
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kSection);
    grid->setVerticalSpacing(kGap);
    addGroup(*grid, 0, tr("Requests"),
             {{tr("Filter"), keys(QKeySequence::Find) + QStringLiteral("  /")},
              {tr("Down, up"), QStringLiteral("↓ J  ↑ K")},
              {tr("First, last"), tr("Home  End")},
              {tr("Open details"), tr("Enter")},
              {tr("Deselect"), tr("Esc")},
              {tr("Clear the list"), keys(Qt::CTRL | Qt::Key_L)},
              {tr("Export, import HAR"), keys(QKeySequence::Save) + QStringLiteral("  ") + keys(QKeySequence::Open)}});
    grid->setColumnMinimumWidth(2, kSection);
    addGroup(*grid, 3, tr("Actions"),
             {{tr("Expose a port"), keys(QKeySequence::New)},
              {tr("Replay"), keys(Qt::CTRL | Qt::Key_R)},
              {tr("Edit and replay"), keys(Qt::CTRL | Qt::SHIFT | Qt::Key_R)},
              {tr("Find in body"), tr("%1 in the body").arg(keys(QKeySequence::Find))},
              {tr("Edit, remove tunnel"), tr("F2  Del")},
              {tr("Settings"), keys(Qt::CTRL | Qt::Key_Comma)},
              {tr("Quit"), keys(Qt::CTRL | Qt::Key_Q)}});
    auto *hint = new QLabel(tr("Press ? or Esc to close"), m_card);
    makeNote(*hint, m_theme);
    auto *layout = new QVBoxLayout(m_card);
    layout->setContentsMargins(kSection, kSection, kSection, kSection);
    layout->setSpacing(2 * kGap);
    layout->addWidget(title);
    layout->addLayout(grid);
    layout->addWidget(hint);

    auto *outer = new QGridLayout(this);
    outer->addWidget(m_card, 0, 0, Qt::AlignCenter);
}

void ShortcutsSheet::addGroup(QGridLayout &grid, int column, const QString &title,
                              const QList<std::pair<QString, QString>> &keys)
{
    auto *heading = new QLabel(title, m_card);
    makeSection(*heading, m_theme);
    grid.addWidget(heading, 0, column, 1, 2);
    int row = 1;
    for (const auto &[what, sequence] : keys) {
        auto *name = new QLabel(what, m_card);
        auto *key = new QLabel(sequence, m_card);
        key->setFont(m_theme.monospace());
        key->setProperty("kind", QStringLiteral("muted"));
        grid.addWidget(name, row, column);
        grid.addWidget(key, row, column + 1);
        ++row;
    }
}

void ShortcutsSheet::open()
{
    if (isVisible())
        return close();
    m_focused = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void ShortcutsSheet::close()
{
    hide();
    if (m_focused)
        m_focused->setFocus(Qt::PopupFocusReason);
}

bool ShortcutsSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void ShortcutsSheet::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(0, 0, 0, kShade));
}

void ShortcutsSheet::mousePressEvent(QMouseEvent * /*event*/)
{
    close();
}

void ShortcutsSheet::keyPressEvent(QKeyEvent * /*event*/)
{
    close();
}

} // namespace ui
