// The text of a tunnels.toml cut into its top and its [[tunnel]] blocks, so that one block can change while every other
// byte stays. A comment directly above a [[tunnel]] belongs to it; comments set off by a blank line belong to nobody and
// always stay, and so does a comment at the very start of the file. Value; any thread.
#pragma once

#include "settings/tunnels_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace settings {

class TunnelBlocks {
public:
    TunnelBlocks() = default; // an empty file
    // `read` is of this text, and has no inlineList.
    TunnelBlocks(std::string_view text, const TunnelsText &read);

    // `body`: "[[tunnel]]" and its lines. The index may be the number of blocks.
    void insert(std::size_t index, std::string body);
    void replace(std::size_t index, std::string body); // comments between the old lines go
    void remove(std::size_t index);
    [[nodiscard]] std::string text() const;

private:
    struct Block {
        std::string lead; // comments directly above
        std::string body; // from [[tunnel]] to the last value
        std::string tail; // blank lines and comments up to the next block

        [[nodiscard]] std::string text() const { return lead + body + tail; }
    };
    // What ends above the block `index`, to add to.
    [[nodiscard]] std::string &above(std::size_t index);
    [[nodiscard]] bool blankAbove(std::size_t index) const;

    std::string m_top;
    std::vector<Block> m_blocks;
};

} // namespace settings
