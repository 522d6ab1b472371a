package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.kms.IKey;

/** What is known of an application that was made elsewhere. */
public final class EmrServerlessApplicationAttributes {

  private final String applicationId;
  private final @Nullable String applicationName;
  private final @Nullable String region;
  private final @Nullable String account;
  private final @Nullable IKey encryptionKey;

  private EmrServerlessApplicationAttributes(Builder attributes) {
    applicationId = requireNonNull(attributes.applicationId, "applicationId");
    applicationName = attributes.applicationName;
    region = attributes.region;
    account = attributes.account;
    encryptionKey = attributes.encryptionKey;
  }

  /**
   * Starts the attributes.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the id of the application} */
  public String getApplicationId() {
    return applicationId;
  }

  /** {@return the name of the application; empty if it is not known} */
  public Optional<String> getApplicationName() {
    return Optional.ofNullable(applicationName);
  }

  /** {@return the Region of the application; empty for that of the stack} */
  public Optional<String> getRegion() {
    return Optional.ofNullable(region);
  }

  /** {@return the account of the application; empty for that of the stack} */
  public Optional<String> getAccount() {
    return Optional.ofNullable(account);
  }

  /** {@return the key of the application's logs; empty if it is AWS's own} */
  public Optional<IKey> getEncryptionKey() {
    return Optional.ofNullable(encryptionKey);
  }

  /** A fluent builder for {@link EmrServerlessApplicationAttributes}. */
  public static final class Builder
      implements software.amazon.jsii.Builder<EmrServerlessApplicationAttributes> {

    private @Nullable String applicationId;
    private @Nullable String applicationName;
    private @Nullable String region;
    private @Nullable String account;
    private @Nullable IKey encryptionKey;

    private Builder() {}

    /**
     * Sets the id of the application. Required.
     *
     * @param applicationId for example {@code 00f1cb5c6anuij25}
     * @return this builder
     */
    public Builder applicationId(String applicationId) {
      this.applicationId = requireNonNull(applicationId, "applicationId");
      return this;
    }

    /**
     * Sets the name of the application, by which CloudWatch finds its metrics. Default: not known,
     * so there are none.
     *
     * @param applicationName as the service has it
     * @return this builder
     */
    public Builder applicationName(String applicationName) {
      this.applicationName = requireNonNull(applicationName, "applicationName");
      return this;
    }

    /**
     * Sets the Region of the application. Default: that of the stack.
     *
     * @param region for example {@code eu-central-1}
     * @return this builder
     */
    public Builder region(String region) {
      this.region = requireNonNull(region, "region");
      return this;
    }

    /**
     * Sets the account of the application. Default: that of the stack.
     *
     * @param account 12 digits
     * @return this builder
     */
    public Builder account(String account) {
      this.account = requireNonNull(account, "account");
      return this;
    }

    /**
     * Sets the key of the application's logs, which developers need to start sessions. Default:
     * none, as for an application whose logs AWS encrypts with a key of its own.
     *
     * @param encryptionKey the key; its policy is not changed for the service
     * @return this builder
     */
    public Builder encryptionKey(IKey encryptionKey) {
      this.encryptionKey = requireNonNull(encryptionKey, "encryptionKey");
      return this;
    }

    @Override
    public EmrServerlessApplicationAttributes build() {
      return new EmrServerlessApplicationAttributes(this);
    }
  }
}
