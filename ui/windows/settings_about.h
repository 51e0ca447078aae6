// The page of what this program is: version, where its files are, whose work it stands on. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QUrl>
#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace ui {

class AboutPage : public QWidget {
    Q_OBJECT
public:
    // The version is that of the running QCoreApplication.
    AboutPage(const workspace::Paths &paths, const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void openUrlRequested(const QUrl &url); // a folder, for the program to show

private:
    void addProduct(QVBoxLayout *column);
    void addPath(QGridLayout &grid, const QString &what, const QString &path, const QString &folder);
    void addLibraries(QVBoxLayout *column);

    const Theme &m_theme;
};

} // namespace ui
