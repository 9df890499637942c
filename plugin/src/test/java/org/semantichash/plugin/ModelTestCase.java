// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.function.Consumer;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.rest.RestStatus;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.function.ThrowingRunnable;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.TestModel;

/** A node, and two models of 64 bits to put there. */
public abstract class ModelTestCase extends SingleNodeTestCase {

  protected static byte[] first;
  protected static byte[] second;

  @BeforeClass
  public static void createModels() {
    first = TestModel.file(64, 1);
    second = TestModel.file(64, 2);
  }

  @AfterClass
  public static void forgetModels() {
    first = null;
    second = null;
  }

  /** Waits for what one call answers. */
  protected static <T> T answer(Consumer<PlainActionFuture<T>> call) {
    PlainActionFuture<T> future = new PlainActionFuture<>();
    call.accept(future);
    return future.actionGet();
  }

  protected static void assertFails(RestStatus status, String message, ThrowingRunnable call) {
    Exception e = expectThrows(Exception.class, call);
    assertThat(e.toString(), ExceptionsHelper.status(e), equalTo(status));
    assertThat(ExceptionsHelper.unwrapCause(e).getMessage(), containsString(message));
  }

  protected static String digest(byte[] file) {
    return EncoderModel.read(file).digest();
  }

  /** The code of a text, computed without the plugin. */
  protected static String expected(byte[] file, String text) {
    try (var hasher = TestModel.hasher(file)) {
      return hasher.hash(text).code().toHex();
    }
  }
}
