// Spacing and sizes in device-independent pixels, on a grid of 4.
#pragma once

namespace ui {

inline constexpr int kGrid = 4;
inline constexpr int kGap = 8;      // between related things
inline constexpr int kPad = 12;     // inside a pane
inline constexpr int kSection = 24; // between groups
inline constexpr int kRowHeight = 32;
inline constexpr int kControlHeight = 32; // buttons and fields
inline constexpr int kIconSize = 16;
inline constexpr int kRadius = 6;

} // namespace ui
