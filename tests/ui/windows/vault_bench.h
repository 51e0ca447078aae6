// A workspace on a desktop whose keyring is as a test sets it, with a place for a file of secrets. Main thread.
#pragma once

#include "core/workspace/test_workspace.h"
#include "settings/secret_vault.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>

#include <optional>

namespace support {

// A keyring that works, refuses, or does not answer.
class MoodyKeyring : public settings::SessionSecretStore {
public:
    void read(const QString &account, QObject *context, ReadDone done) override
    {
        if (!fault)
            return SessionSecretStore::read(account, context, std::move(done));
        QMetaObject::invokeMethod(context, [done, why = *fault] { done(std::unexpected(why)); }, Qt::QueuedConnection);
    }
    void write(const QString &account, const settings::Secret &secret, QObject *context, Done done) override
    {
        if (!fault)
            return SessionSecretStore::write(account, secret, context, std::move(done));
        refuse(context, std::move(done));
    }
    void probe(QObject *context, Done done) override
    {
        ++probes;
        if (silent)
            return;
        if (fault)
            return refuse(context, std::move(done));
        QMetaObject::invokeMethod(context, [done] { done({}); }, Qt::QueuedConnection);
    }

    std::optional<wire::Error> fault;
    bool silent = false;
    int probes = 0;

private:
    void refuse(QObject *context, Done done)
    {
        QMetaObject::invokeMethod(context, [done, why = *fault] { done(std::unexpected(why)); }, Qt::QueuedConnection);
    }
};

struct VaultBench {
    static constexpr std::string_view kPassphrase = "correct horse battery";

    VaultBench()
    {
        auto made = std::make_unique<MoodyKeyring>();
        keyring = made.get();
        vault.emplace(std::move(made), settings::secretsFilePath(home.paths().configFolder));
        workspace.emplace(workspace::Parts{relay, *vault, &*vault}, home.paths(), client::EngineOptions());
        workspace->open();
    }
    void noKeyring()
    {
        keyring->fault = {wire::Code::LocalServiceUnavailable,
                          "No keyring answers (there is no session bus): start gnome-keyring or KWallet"};
    }
    void refusedKeyring()
    {
        keyring->fault = {wire::Code::Forbidden,
                          "The keyring stays locked (its question was not answered): unlock it and try again"};
    }
    void createFile()
    {
        bool created = false;
        vault->createFile(settings::WipedBytes(kPassphrase), &*vault,
                          [&](const auto &result) { created = result.has_value(); });
        if (!QTest::qWaitFor([&] { return created; }, 30'000))
            qFatal("no file was made");
    }
    // The next run of the program, which finds the file locked.
    void restart()
    {
        workspace.reset();
        auto made = std::make_unique<MoodyKeyring>();
        made->fault = keyring->fault;
        keyring = made.get();
        vault.emplace(std::move(made), settings::secretsFilePath(home.paths().configFolder));
        workspace.emplace(workspace::Parts{relay, *vault, &*vault}, home.paths(), client::EngineOptions());
        workspace->open();
    }

    Home home;
    TestLocalRelay relay;
    MoodyKeyring *keyring = nullptr; // the vault's
    std::optional<settings::SecretVault> vault;
    std::optional<workspace::Workspace> workspace;
};

// The visible one with this text; null when there is none.
[[nodiscard]] inline QPushButton *buttonOf(const QWidget &widget, const QString &text)
{
    for (auto *button : widget.findChildren<QPushButton *>()) {
        if (button->isVisibleTo(&widget) && button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace support
