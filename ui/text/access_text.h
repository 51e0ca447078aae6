// How the rules about who may reach a tunnel read: one badge each, the most important first. GUI thread; pure.
#pragma once

#include "settings/access_entry.h"
#include "ui/text/status_text.h"

#include <QList>

#include <chrono>

namespace ui {

// Never empty: without rules that keep strangers out, the first says that the tunnel is public.
[[nodiscard]] QList<Badge> accessBadges(const settings::AccessEntry &access, const Colors &colors,
                                        std::chrono::sys_seconds now);
[[nodiscard]] QList<Badge> accessBadges(const settings::AccessEntry &access, const Colors &colors); // now

// The first of them, and how many more there are: "Password and 2 more".
[[nodiscard]] QString shortBadges(const QList<Badge> &badges);
[[nodiscard]] QString spokenBadges(const QList<Badge> &badges); // "Password, Some requests"

} // namespace ui
