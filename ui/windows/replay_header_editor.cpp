#include "ui/windows/replay_header_editor.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/pane.h"
#include "ui/windows/replay_header_delegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int kCheckColumnWidth = 8 * kGrid;
constexpr int kShortestNames = 16; // characters that the column of names has room for
constexpr int kLongestNames = 28;

} // namespace

ReplayHeaderEditor::ReplayHeaderEditor(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_model(theme),
      m_title(new QLabel(this)),
      m_reveal(new IconButton(theme, Glyph::Eye, tr("Show secret values"), this)),
      m_add(new IconButton(theme, Glyph::Add, tr("Add a header"), this)),
      m_remove(new IconButton(theme, Glyph::Trash, tr("Remove selected headers"), this)),
      m_table(new QTableView(this)),
      m_added(new QLabel(this))
{
    build();
    connect(&m_model, &ReplayHeaderModel::edited, this, [this] {
        refresh();
        Q_EMIT edited();
    });
    connect(m_reveal, &QToolButton::clicked, this, [this] { setRevealed(!m_revealed); });
    connect(m_add, &QToolButton::clicked, this, &ReplayHeaderEditor::addRow);
    connect(m_remove, &QToolButton::clicked, this, &ReplayHeaderEditor::removeSelected);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ReplayHeaderEditor::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReplayHeaderEditor::refresh);
    connect(&theme, &Theme::changed, this, [this] {
        m_added->setFont(m_theme.small());
        fit();
    });
    m_table->installEventFilter(this);
    refresh();
}

void ReplayHeaderEditor::build()
{
    m_remove->setKeys(QKeySequence::Delete);
    m_added->setTextFormat(Qt::PlainText);
    m_added->setProperty("kind", QStringLiteral("muted"));
    m_added->setFont(m_theme.small());
    m_added->setWordWrap(true);
    m_added->setContentsMargins(kPad, kGrid, kPad, kGap);

    auto *delegate = new ReplayHeaderDelegate(m_theme, m_table);
    connect(delegate, &QAbstractItemDelegate::closeEditor, this, [this](QWidget *, auto how) {
        if (how == QAbstractItemDelegate::SubmitModelCache) // Enter; Tab goes on by itself
            QMetaObject::invokeMethod(this, &ReplayHeaderEditor::editWhatFollows, Qt::QueuedConnection);
    });
    m_table->setModel(&m_model);
    m_table->setItemDelegate(delegate);
    m_table->setAccessibleName(tr("Request headers"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked |
                             QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setMinimumSectionSize(kCheckColumnWidth);
    m_table->setColumnWidth(ReplayHeaderModel::Enabled, kCheckColumnWidth);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(kPad, kGrid, kGap, kGrid);
    top->setSpacing(kGrid);
    top->addStrut(kControlHeight);
    top->addWidget(m_title, 1);
    for (auto *button : {m_reveal, m_add, m_remove})
        top->addWidget(button);
    auto *layout = paneColumn(this);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_added);
}

void ReplayHeaderEditor::setHeaders(const QList<traffic::DraftHeader> &headers)
{
    m_model.setHeaders(headers);
    setRevealed(false);
    fit();
}

void ReplayHeaderEditor::fit()
{
    const QFontMetrics metrics(m_theme.monospace());
    const int letter = metrics.horizontalAdvance(u'x');
    m_table->verticalHeader()->setDefaultSectionSize(std::max(kRowHeight - kGrid, metrics.height() + kGap));
    m_table->resizeColumnToContents(ReplayHeaderModel::Name);
    const int wanted = m_table->columnWidth(ReplayHeaderModel::Name);
    m_table->setColumnWidth(ReplayHeaderModel::Name,
                            std::clamp(wanted, kShortestNames * letter, kLongestNames * letter));
}

void ReplayHeaderEditor::setAdded(const QString &sentence)
{
    m_added->setText(sentence);
    m_added->setHidden(sentence.isEmpty());
}

void ReplayHeaderEditor::setRevealed(bool revealed)
{
    m_revealed = revealed;
    m_model.setRevealed(revealed);
    refresh();
}

void ReplayHeaderEditor::refresh()
{
    const auto all = m_model.headers();
    const auto on = std::ranges::count_if(all, &traffic::DraftHeader::enabled);
    m_title->setText(on == all.size() ? tr("Headers (%1)").arg(on) : tr("Headers (%1 of %2)").arg(on).arg(all.size()));
    m_reveal->setVisible(m_model.hasSecrets());
    m_reveal->setGlyph(m_revealed ? Glyph::EyeOff : Glyph::Eye);
    m_reveal->setName(m_revealed ? tr("Hide secret values") : tr("Show secret values"));
    const auto rows = selectedRows();
    m_remove->setEnabled(std::ranges::any_of(rows, [this](int row) { return !m_model.isBlank(row); }));
}

QList<int> ReplayHeaderEditor::selectedRows() const
{
    QList<int> rows;
    const auto selected = m_table->selectionModel()->selectedRows();
    for (const auto &index : selected)
        rows.append(index.row());
    std::ranges::sort(rows);
    return rows;
}

void ReplayHeaderEditor::commit()
{
    auto *delegate = m_table->itemDelegate();
    const auto cells = m_table->viewport()->findChildren<QLineEdit *>();
    for (auto *cell : cells) {
        Q_EMIT delegate->commitData(cell);
        Q_EMIT delegate->closeEditor(cell);
    }
}

void ReplayHeaderEditor::addRow()
{
    const auto blank = m_model.index(m_model.rowCount() - 1, ReplayHeaderModel::Name);
    m_table->setFocus();
    m_table->setCurrentIndex(blank);
    m_table->scrollTo(blank);
    m_table->edit(blank);
}

// After the name of a new header comes its value.
void ReplayHeaderEditor::editWhatFollows()
{
    const auto index = m_table->currentIndex();
    const bool isNew = index.isValid() && index.column() == ReplayHeaderModel::Name && !m_model.isBlank(index.row()) &&
                       m_model.headers()[index.row()].value.isEmpty();
    if (!isNew)
        return;
    const auto value = index.siblingAtColumn(ReplayHeaderModel::Value);
    m_table->setCurrentIndex(value);
    m_table->edit(value);
}

void ReplayHeaderEditor::removeSelected()
{
    const auto rows = selectedRows();
    if (rows.isEmpty())
        return;
    m_model.remove(rows);
    const int next = std::min(rows.first(), m_model.rowCount() - 1); // the keyboard goes on from here
    m_table->setCurrentIndex(m_model.index(next, ReplayHeaderModel::Name));
}

void ReplayHeaderEditor::copySelected() const
{
    QStringList lines;
    const auto rows = selectedRows();
    for (const int row : rows) {
        if (!m_model.isBlank(row))
            lines << m_model.line(row);
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void ReplayHeaderEditor::paste()
{
    m_model.append(headersFromText(QGuiApplication::clipboard()->text()));
}

void ReplayHeaderEditor::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool any = m_remove->isEnabled();
    auto *copy = menu->addAction(m_theme.icon(Glyph::Copy), tr("Copy"), this, &ReplayHeaderEditor::copySelected);
    copy->setEnabled(any);
    menu->addAction(tr("Paste headers"), this, &ReplayHeaderEditor::paste);
    menu->addSeparator();
    auto *remove = menu->addAction(m_theme.icon(Glyph::Trash), tr("Remove"), this, &ReplayHeaderEditor::removeSelected);
    remove->setEnabled(any);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

bool ReplayHeaderEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event); // NOLINT(*-static-cast-downcast)
    if (key->matches(QKeySequence::Copy))
        copySelected();
    else if (key->matches(QKeySequence::Paste))
        paste();
    else if (key->matches(QKeySequence::Delete))
        removeSelected();
    else if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier && m_remove->isEnabled())
        m_model.toggle(selectedRows());
    else
        return QWidget::eventFilter(watched, event);
    return true;
}

} // namespace ui
