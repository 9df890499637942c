/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/**
 * What a {@code hamming} query searches for.
 *
 * @param text a text whose code is searched for, or null
 * @param like a document whose code is searched for, or null
 * @param code a code in hexadecimal or base64, with a stamp or without, or null
 */
record Target(String text, LikeDocument like, String code)
    implements Writeable, ToXContentFragment {

  static final ParseField TEXT = new ParseField("text");
  static final ParseField LIKE = new ParseField("like");
  static final ParseField CODE = new ParseField("code");

  static Target text(String text) {
    return new Target(text, null, null);
  }

  static Target like(LikeDocument like) {
    return new Target(null, like, null);
  }

  static Target code(String code) {
    return new Target(null, null, code);
  }

  Target(StreamInput in) throws IOException {
    this(Frame.open(in, HammingQueryBuilder.NAME));
  }

  private Target(Frame body) throws IOException {
    this(
        body.readOptionalString(),
        body.readOptionalWriteable(LikeDocument::new),
        body.readOptionalString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeOptionalString(text);
          body.writeOptionalWriteable(like);
          body.writeOptionalString(code);
        });
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    if (text != null) {
      builder.field(TEXT.getPreferredName(), text);
    }
    if (like != null) {
      builder.field(LIKE.getPreferredName(), like);
    }
    if (code != null) {
      builder.field(CODE.getPreferredName(), code);
    }
    return builder;
  }

  /**
   * Checks that there is exactly one.
   *
   * @throws IllegalArgumentException naming those that are there
   */
  void check() {
    List<String> given = given();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "[hamming] must have exactly one of [text], [like] and [code], got " + given);
    }
  }

  /** The names of those that are there. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    if (text != null) {
      given.add(TEXT.getPreferredName());
    }
    if (like != null) {
      given.add(LIKE.getPreferredName());
    }
    if (code != null) {
      given.add(CODE.getPreferredName());
    }
    return given;
  }
}
