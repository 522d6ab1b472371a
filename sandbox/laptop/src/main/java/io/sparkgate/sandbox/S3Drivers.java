package io.sparkgate.sandbox;

import io.sparkgate.sandbox.emrserverless.Drivers;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.s3.S3;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Drivers that find the sandbox's S3 behind {@code s3://}, each with a key that stands for its
 * session's execution role and ends with the session.
 */
final class S3Drivers implements Drivers {
  private final Drivers drivers;
  private final TemplateAccess access;
  private final S3 s3;

  S3Drivers(Drivers drivers, TemplateAccess access, S3 s3) {
    this.drivers = drivers;
    this.access = access;
    this.s3 = s3;
  }

  @Override
  public Driver start(String sessionId, Map<String, String> sparkConf, Listener listener) {
    return drivers.start(sessionId, sparkConf, listener);
  }

  @Override
  public Driver start(
      String sessionId, String executionRoleArn, Map<String, String> sparkConf, Listener listener) {
    Credentials key = s3.admit(access.issueExecution(executionRoleArn, sessionId));
    try {
      var conf = new TreeMap<>(sparkConf);
      conf.putAll(S3Conf.of(s3.endpoint(), key));
      return drivers.start(sessionId, executionRoleArn, conf, new Revoking(listener, key));
    } catch (RuntimeException e) {
      revoke(key);
      throw e;
    }
  }

  @Override
  public Optional<String> history(String sessionId) {
    return drivers.history(sessionId);
  }

  private void revoke(Credentials key) {
    s3.revoke(key);
    access.revoke(key);
  }

  @Override
  public void close() {
    drivers.close();
  }

  /** Takes the key back when the driver has ended. */
  private final class Revoking implements Listener {
    private final Listener listener;
    private final Credentials key;

    Revoking(Listener listener, Credentials key) {
      this.listener = listener;
      this.key = key;
    }

    @Override
    public void ready(int grpcPort, String sparkUi) {
      listener.ready(grpcPort, sparkUi);
    }

    @Override
    public void busy() {
      listener.busy();
    }

    @Override
    public void idle(Instant since) {
      listener.idle(since);
    }

    @Override
    public void ended(String reason) {
      revoke(key);
      listener.ended(reason);
    }
  }
}
