package io.sparkgate.sandbox.s3.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.junit.jupiter.api.Test;

class GuardedStoreTest {

  /**
   * They say what the store can do, or are for versions and keys of buckets, which it says it
   * cannot.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "delegate",
          "close",
          "supportsServerSideEncryption",
          "getMinimumMultipartPartSize",
          "getBucketVersioning",
          "putBucketVersioning",
          "listVersions",
          "getBucketEncryption",
          "putBucketEncryption",
          "deleteBucketEncryption",
          // S3Proxy looks at the parts itself to complete an upload. So does whoever knows its id.
          "listMultipartUpload",
          // Not of S3: S3Proxy's own command line.
          "clearContainer",
          "deleteContainer");

  /** A newer S3Proxy may have a way to the data that nobody guards. */
  @Test
  void guardsEachWayToTheData() {
    Set<String> guarded = signatures(GuardedStore.class);
    Set<String> ways = signatures(ForwardingBlobStore.class);
    ways.removeIf(way -> HARMLESS.contains(way.substring(0, way.indexOf('('))));
    // Of a version, which there is none of.
    ways.removeIf(
        way -> way.matches("[gs]etBlobAccess\\(.*String\\)") && way.split(",").length > 2);

    assertThat(guarded).containsAll(ways);
  }

  private static Set<String> signatures(Class<?> store) {
    Set<String> signatures = new TreeSet<>();
    for (Method method : store.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        signatures.add(
            method.getName()
                + Arrays.toString(method.getParameterTypes()).replace('[', '(').replace(']', ')'));
      }
    }
    return signatures;
  }
}
