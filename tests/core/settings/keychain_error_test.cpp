#include "settings/keychain_error.h"

#include <QTest>

using settings::keychainError;

class KeychainErrorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachSaysWhatToDo_data();
    void eachSaysWhatToDo();
    void theDetailIsQuoted();
};

void KeychainErrorTest::eachSaysWhatToDo_data()
{
    QTest::addColumn<QKeychain::Error>("error");
    QTest::addColumn<wire::Code>("code");
    QTest::addColumn<QByteArray>("text");
    const QByteArray none("No keyring answers: start gnome-keyring or KWallet");
    const QByteArray locked("The keyring stays locked: unlock it and try again");
    using wire::Code;
    QTest::newRow("denied by user") << QKeychain::AccessDeniedByUser << Code::Forbidden << locked;
    QTest::newRow("denied") << QKeychain::AccessDenied << Code::Forbidden << locked;
    QTest::newRow("no backend") << QKeychain::NoBackendAvailable << Code::LocalServiceUnavailable << none;
    QTest::newRow("not implemented") << QKeychain::NotImplemented << Code::LocalServiceUnavailable << none;
    QTest::newRow("other") << QKeychain::OtherError << Code::LocalServiceUnavailable << none;
    QTest::newRow("delete") << QKeychain::CouldNotDeleteEntry << Code::InternalError
                            << QByteArray("The keyring did not delete the token: delete the entry \"http-tunnel\" in "
                                          "your password manager");
}

void KeychainErrorTest::eachSaysWhatToDo()
{
    QFETCH(const QKeychain::Error, error);
    QFETCH(const wire::Code, code);
    QFETCH(const QByteArray, text);
    const wire::Error expected{code, text.toStdString()};
    QVERIFY2(keychainError(error, {}) == expected, keychainError(error, {}).message.c_str());
}

void KeychainErrorTest::theDetailIsQuoted()
{
    const QString detail = QStringLiteral("Cannot spawn\n a bus ");
    QCOMPARE(keychainError(QKeychain::OtherError, detail).message,
             std::string("No keyring answers (Cannot spawn a bus): start gnome-keyring or KWallet"));
}

QTEST_APPLESS_MAIN(KeychainErrorTest)
#include "keychain_error_test.moc"
