#include "ui/windows/expose_suggestions.h"

#include "ui/models/roles.h"
#include "ui/theme/metrics.h"
#include "ui/views/labels.h"
#include "ui/views/suggestion_delegate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace ui {

namespace {

constexpr std::chrono::seconds kLookAgain{3}; // soon enough after a server was started, cheap enough for ever
constexpr int kLeastRows = 2; // so that little moves when more are found
constexpr int kShownRows = 5;

} // namespace

ExposeSuggestions::ExposeSuggestions(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_list(new QListView(this)), m_none(new QLabel(this))
{
    build();
    m_again.setInterval(kLookAgain);
    connect(&m_again, &QTimer::timeout, this, [this] { m_scout.refresh(); });
    connect(&m_scout, &discovery::PortScout::found, this, &ExposeSuggestions::setSuggestions);
    connect(&m_scout, &discovery::PortScout::failed, this, &ExposeSuggestions::setFailure);
    connect(m_list, &QListView::clicked, this, &ExposeSuggestions::choose);
    connect(m_list, &QListView::activated, this, &ExposeSuggestions::choose);
}

void ExposeSuggestions::build()
{
    auto *title = new QLabel(tr("Listening on this computer"), this);
    makeSection(*title, m_theme);
    title->setBuddy(m_list);
    m_list->setProperty("kind", QStringLiteral("boxed"));
    m_list->setAccessibleName(title->text());
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new SuggestionDelegate(m_theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->hide();
    m_none->setProperty("kind", QStringLiteral("muted"));
    m_none->setWordWrap(true);
    m_none->setText(tr("Looking for listening ports…"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(title);
    layout->addWidget(m_list);
    layout->addWidget(m_none);
}

void ExposeSuggestions::leaveOut(const QSet<quint16> &ports)
{
    m_scout.leaveOut(ports);
}

void ExposeSuggestions::setSuggestions(const QList<discovery::Suggestion> &suggestions)
{
    m_model.setSuggestions(suggestions);
    m_none->setText(tr("Nothing listens yet. Start your server and it appears here, or type its port below."));
    refresh();
}

void ExposeSuggestions::setFailure(const QString &sentence)
{
    m_model.setSuggestions({});
    m_none->setText(sentence);
    refresh();
}

void ExposeSuggestions::refresh()
{
    const bool any = m_model.rowCount() > 0;
    m_list->setVisible(any);
    m_none->setVisible(!any);
    fitHeight();
}

void ExposeSuggestions::fitHeight()
{
    const int rows = std::clamp(m_model.rowCount(), kLeastRows, kShownRows);
    const int row = std::max(m_list->sizeHintForRow(0), kRowHeight);
    m_list->setFixedHeight(rows * row + 2 * m_list->frameWidth() + 2);
}

void ExposeSuggestions::choose(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT chosen(m_model.suggestion(index.row()));
}

void ExposeSuggestions::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_scout.refresh();
    m_again.start();
}

void ExposeSuggestions::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

} // namespace ui
